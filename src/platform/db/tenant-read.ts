import type pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import { types } from './connection.ts';
import { isOutage } from './outage.ts';
import { findPrepared, makeRoom, preparedOn, type Prepared } from './prepared.ts';

export type Row = Record<string, unknown>;

/** Local to the transaction, which ends at the Sync behind the reads. */
const SET_TENANT = `select set_config('app.user_id', $1, true), set_config('transaction_read_only', 'on', true)`;

/** What the connection had ready is no longer there, or no longer fits the tables. */
export const stale = new Set(['26000', '0A000']);

/** pg's connection as it is; its types are of long ago. */
interface Wire {
  stream: pg.Connection['stream'];
  close(what: { type: 'S'; name: string }): void;
  parse(statement: { name: string; text: string }): void;
  bind(statement: { statement: string; values: unknown[] }): void;
  describe(what: { type: 'P' }): void;
  execute(): void;
  sync(): void;
}

/** One query of a tenant's. */
export class TenantRead {
  readonly userId: string;
  readonly text: string;
  readonly values: unknown[];
  readonly done = Promise.withResolvers<Row[]>();

  constructor(userId: string, text: string, values: readonly unknown[]) {
    this.userId = userId;
    this.text = text;
    // Now, not on the way: what can't be sent must not leave half of it sent.
    this.values = values.map((value) => prepareValue(value));
  }
}

/** A statement on its way. Without `read` it is the one that sets the tenant. */
interface Sent {
  statement: Prepared;
  read: TenantRead | undefined;
  rows: Row[];
}

/**
 * Reads of some tenants in one round trip and one transaction that can't write: before each query its tenant is set, and
 * at the Sync behind all PostgreSQL commits and the last tenant is gone
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING). After an error PostgreSQL skips
 * what is left up to the Sync, so that no query ever runs as another's tenant. For `client.query(batch)`, which calls
 * the methods below.
 */
export class ReadBatch implements pg.Submittable {
  readonly #reads: TenantRead[];
  readonly #sent: Sent[] = [];
  readonly #over = Promise.withResolvers<TenantRead[]>();
  #ready = new Map<string, Prepared>();

  constructor(reads: TenantRead[]) {
    this.#reads = reads;
  }

  /** Those that were not run because one before them failed. Rejects when the connection is lost. */
  get skipped(): Promise<TenantRead[]> {
    return this.#over.promise;
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    this.#ready = preparedOn(connection);
    // One write for all.
    wire.stream.cork();
    for (const read of this.#reads) {
      this.#send(wire, undefined, SET_TENANT, [read.userId]);
      this.#send(wire, read, read.text, read.values);
    }
    wire.sync();
    wire.stream.uncork();
  }

  #send(wire: Wire, read: TenantRead | undefined, text: string, values: unknown[]): void {
    const statement = findPrepared(this.#ready, text);
    this.#sent.push({ statement, read, rows: [] });
    const { name, columns } = statement;
    if (!columns) {
      const oldest = makeRoom(this.#ready);
      if (oldest) wire.close({ type: 'S', name: oldest.name });
      // After an error we don't know whether it was made. To close what isn't there is none.
      wire.close({ type: 'S', name });
      wire.parse({ name, text });
    }
    wire.bind({ statement: name, values });
    if (!columns) wire.describe({ type: 'P' });
    wire.execute();
  }

  handleRowDescription({
    fields,
  }: {
    fields: { name: string; dataTypeID: Parameters<typeof types.getTypeParser>[0] }[];
  }): void {
    this.#sent[0]!.statement.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: types.getTypeParser(dataTypeID, 'text') as (value: string) => unknown,
    }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { read, rows, statement } = this.#sent[0]!;
    if (!read) return;
    const columns = statement.columns!;
    const row: Row = {};
    for (let index = 0; index < columns.length; index += 1) {
      const { name, parse } = columns[index]!;
      const value = fields[index] ?? null;
      row[name] = value === null ? null : parse(value);
    }
    rows.push(row);
  }

  handleCommandComplete(): void {
    const { statement, read, rows } = this.#sent.shift()!;
    this.#ready.set(statement.text, statement);
    read?.done.resolve(rows);
  }

  handleReadyForQuery(): void {
    this.#over.resolve([]);
  }

  handleError(error: Error & { code?: string }): void {
    const [failed] = this.#sent;
    if (failed && stale.has(error.code ?? '')) this.#ready.delete(failed.statement.text);
    const left = this.#sent.flatMap(({ read }) => read ?? []);
    if (isLost(error)) {
      for (const read of left) read.done.reject(error);
      this.#over.reject(error);
      return;
    }
    // The first is the one that failed, or whose tenant could not be set.
    left.shift()?.done.reject(error);
    this.#over.resolve(left);
  }
}

/** Whether it is the connection that failed, not what was asked. */
function isLost(error: Error & { code?: string }): boolean {
  return isOutage(error) && !/^(40|25006$|53|58)/.test(error.code ?? '');
}
