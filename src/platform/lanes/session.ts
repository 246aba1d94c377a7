import { hostname } from 'node:os';
import type pg from 'pg';
import { newId } from '#platform/ids/index.ts';
import { connect, type Connection } from '#platform/db/connection.ts';

/**
 * This process as a worker: a row in `workers` and a connection that holds its advisory lock. When the process dies,
 * PostgreSQL drops the lock with the connection, and the worker's leases are free at once.
 */
export interface WorkerSession {
  worker: string;
  /** Sends a NOTIFY to the other processes. */
  notify(payload: string): Promise<void>;
  connected(): boolean;
  close(): Promise<void>;
}

export interface WorkerSessionOptions {
  connection: Connection;
  services: string[];
  onNotification: (payload: string) => void;
  /** After every connection but the first: hints may have been missed. */
  onReconnect: () => void;
  onError: (error: Error) => void;
}

const CHANNEL = 'famulus';
const RECONNECT_MS = 200;

/** Connects, retrying for as long as PostgreSQL is away, until closed. The first connection must succeed. */
export async function openWorkerSession(options: WorkerSessionOptions): Promise<WorkerSession> {
  const worker = newId();
  let client: pg.Client | undefined;
  let closed = false;

  async function open(): Promise<void> {
    const next = await connect(options.connection, `famulus worker ${worker}`);
    try {
      // Hints need not survive a crash of PostgreSQL: no wait for the disk.
      await next.query(`set synchronous_commit = off; listen ${CHANNEL}`);
      await next.query(
        `with me as (
           insert into workers (id, name, services, host, pid) values ($1, $2, $3, $4, $5)
           on conflict (id) do update set seen_at = app_now() returning lock_id)
         select pg_advisory_lock(worker_lock_class(), lock_id) from me`,
        [worker, `${hostname()}/${process.pid}`, options.services, hostname(), process.pid],
      );
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    next.on('notification', ({ payload }) => options.onNotification(payload ?? ''));
    next.once('end', () => {
      client = undefined;
      if (!closed) void reopen();
    });
    client = next;
  }

  async function reopen(): Promise<void> {
    while (!closed) {
      try {
        await open();
        options.onReconnect();
        return;
      } catch (error) {
        options.onError(error as Error);
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    }
  }

  await open();
  return {
    worker,
    notify: async (payload) => {
      await client?.query('select pg_notify($1, $2)', [CHANNEL, payload]);
    },
    connected: () => client !== undefined,
    close: async () => {
      closed = true;
      const last = client;
      await last?.query('delete from workers where id = $1', [worker]).catch(() => {});
      await last?.end().catch(() => {});
    },
  };
}
