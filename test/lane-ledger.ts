import { sql } from 'kysely';
import pg from 'pg';

import { clientConfig } from '#platform/db/connection.ts';
import type { Connection, Tx } from '#platform/db/index.ts';
import type { ClaimedItem } from '#platform/lanes/index.ts';
import type { TestDatabase } from './database.ts';

/*
 * What really happened to lane items. Starts and ends are written outside of any transaction of the worker's, as an
 * effect on the outside world would be; commits inside, so that they are there when and only when the item's end is.
 */

export interface Entry {
  position: number;
  what: 'start' | 'end' | 'commit' | 'parked';
  key: string;
  seq: number;
  attempt: number;
  worker: string;
  /** Of the handler's payload. */
  name: string | null;
  at: Date;
}

export async function createLedger(db: TestDatabase): Promise<void> {
  await db.owner
    .query(`create table ledger (position bigint generated always as identity, what text, key text,
    seq bigint, attempt int, worker text, name text, at timestamptz not null default clock_timestamp())`);
  await db.owner.query(`grant insert on ledger to ${db.roles.app.name}, ${db.roles.system.name}`);
}

export async function readLedger(db: TestDatabase, what?: Entry['what']): Promise<Entry[]> {
  const { rows } = await db.owner.query<Entry>(
    `select position::int, what, key, seq::int, attempt, worker, name, at from ledger
     where $1::text is null or what = $1 order by position`,
    [what ?? null],
  );
  return rows;
}

export interface Ledger {
  write(what: 'start' | 'end', item: ClaimedItem): Promise<void>;
  writeIn(tx: Tx, what: 'commit' | 'parked', item: ClaimedItem): Promise<void>;
  close(): Promise<void>;
}

function values(what: string, item: ClaimedItem, worker: string): unknown[] {
  return [what, item.key, item.seq, item.attempt, worker, item.payload.name ?? null];
}

export function openLedger(connection: Connection, worker: string): Ledger {
  const pool = new pg.Pool({ ...clientConfig(connection, 'famulus test ledger'), max: 4 });
  pool.on('error', () => {});
  return {
    write: async (what, item) => {
      await pool.query(
        'insert into ledger (what, key, seq, attempt, worker, name) values ($1, $2, $3, $4, $5, $6)',
        values(what, item, worker),
      );
    },
    writeIn: async (tx, what, item) => {
      const row = values(what, item, worker).map((value) => sql`${value}`);
      await sql`insert into ledger (what, key, seq, attempt, worker, name) values (${sql.join(row)})`.execute(
        tx.db,
      );
    },
    close: async () => await pool.end(),
  };
}

/** The entries of each key. */
export function byKey(entries: Entry[]): Map<string, Entry[]> {
  const keys = new Map<string, Entry[]>();
  for (const entry of entries) keys.set(entry.key, [...(keys.get(entry.key) ?? []), entry]);
  return keys;
}

/** Starts of a key while another start of it had not ended; what `gone` workers had running is taken as ended. */
export function overlaps(entries: Entry[], gone: string[] = []): Entry[] {
  const found: Entry[] = [];
  for (const ofKey of byKey(entries).values()) {
    let open: Entry | undefined;
    for (const entry of ofKey) {
      if (entry.what === 'start') {
        if (open && !gone.includes(open.worker)) found.push(entry);
        open = entry;
      } else if (entry.what === 'end' && open?.worker === entry.worker) open = undefined;
    }
  }
  return found;
}
