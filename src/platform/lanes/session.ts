import { hostname } from 'node:os';
import type pg from 'pg';
import { newId } from '#platform/ids/index.ts';
import { connect, type Connection } from '#platform/db/connection.ts';
import { watchConnections } from '#platform/db/watch-connections.ts';
import { AppError } from '#platform/errors/index.ts';
import { beatScheduler } from './queries.ts';

/**
 * This process as a worker: a row in `workers` and a connection that holds its advisory lock. When the process dies,
 * PostgreSQL drops the lock with the connection, and the worker's leases are free at once.
 */
export interface WorkerSession {
  worker: string;
  /** Sends a NOTIFY to the other processes, where there are any. */
  notify(payload: string): Promise<void>;
  /** Notes that this process's scheduler has looked at due just now, and whether it has fired something since the last time. */
  beat(fired: boolean): Promise<void>;
  connected(): boolean;
  close(): Promise<void>;
}

export interface WorkerSessionOptions {
  connection: Connection;
  services: string[];
  /** Refuse when a live worker runs one of these services already. */
  exclusive?: boolean;
  onNotification: (payload: string) => void;
  /** After every connection but the first: hints may have been missed. */
  onReconnect: () => void;
  /** The connection was lost, or could not be made again yet. */
  onLost: (error: Error) => void;
}

/** Any number: two processes that start at once are judged one after the other. */
const REGISTRATION_LOCK = 461_802_346;

const CHANNEL = 'famulus';
const RECONNECT_MS = 200;
/** Hints come without being asked for: that they still can is asked this often, and whether anybody hears ours. */
const PING_MS = 5_000;

/** Throws when one of `services` runs in another live worker. */
async function refuseOverlap(client: pg.Client, worker: string, services: string[]): Promise<void> {
  const { rows } = await client.query<{ services: string[]; pid: number }>(
    `select services, pid from workers where id in (select live_workers()) and id <> $1 and services && $2`,
    [worker, services],
  );
  const [other] = rows;
  if (!other) return;
  const twice = services.filter((service) => other.services.includes(service)).join(', ');
  throw new AppError({
    code: 'services.already_running',
    kind: 'conflict',
    message: `Famulus runs on this data directory already (process ${other.pid}: ${twice}): stop it first, or choose other --services`,
  });
}

/**
 * Connects, and from then on connects again for as long as PostgreSQL is away, until closed.
 * @throws AppError 'services.already_running' when `exclusive` and another worker has one of the services
 */
export async function openWorkerSession(options: WorkerSessionOptions): Promise<WorkerSession> {
  const worker = newId();
  let client: pg.Client | undefined;
  let closed = false;
  let first = true;
  // A process that comes says so; one that goes is noticed by the next ping.
  let alone = false;
  const watch = watchConnections(async () => await connect(options.connection, 'famulus worker watch'));
  const ping = setInterval(() => void look().catch(() => {}), PING_MS).unref();

  async function look(): Promise<void> {
    const found = await client?.query<{ alone: boolean }>(
      'select not exists (select from live_workers() as other where other <> $1) as alone',
      [worker],
    );
    alone = found?.rows[0]?.alone ?? false;
  }

  async function open(): Promise<void> {
    const next = await connect(options.connection, `famulus worker ${worker}`);
    try {
      // Hints need not survive a crash of PostgreSQL: no wait for the disk.
      await next.query(`set synchronous_commit = off; listen ${CHANNEL}`);
      await next.query('select pg_advisory_lock($1)', [REGISTRATION_LOCK]);
      if (options.exclusive && first) await refuseOverlap(next, worker, options.services);
      await next.query(
        `with me as (
           insert into workers (id, name, services, host, pid) values ($1, $2, $3, $4, $5)
           on conflict (id) do update set seen_at = app_now() returning lock_id)
         select pg_advisory_lock_shared(worker_lock_class(), lock_id) from me`,
        // Shared with our own last session, which PostgreSQL may take for alive for a while after the network was cut.
        [worker, `${hostname()}/${process.pid}`, options.services, hostname(), process.pid],
      );
      await next.query('select pg_advisory_unlock($1)', [REGISTRATION_LOCK]);
      first = false;
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    if (closed) return await next.end();
    next.on('notification', ({ processId, payload }) => {
      if (processId !== (next as unknown as { processID: number }).processID) alone = false;
      options.onNotification(payload ?? '');
    });
    next.once('end', () => {
      client = undefined;
      if (closed) return;
      options.onLost(new Error('the connection was closed'));
      void reopen();
    });
    client = next;
    watch.add(next);
    // So that those who are there know of us.
    await next.query('select pg_notify($1, $2)', [CHANNEL, worker]);
    await look();
  }

  async function reopen(): Promise<void> {
    while (!closed) {
      try {
        await open();
        options.onReconnect();
        return;
      } catch (error) {
        options.onLost(error as Error);
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    }
  }

  try {
    await open();
  } catch (error) {
    watch.close();
    clearInterval(ping);
    throw error;
  }
  return {
    worker,
    notify: async (payload) => {
      if (!alone) await client?.query('select pg_notify($1, $2)', [CHANNEL, payload]);
    },
    beat: async (fired) => {
      if (client) await beatScheduler(client, worker, fired);
    },
    connected: () => client !== undefined,
    close: async () => {
      closed = true;
      watch.close();
      clearInterval(ping);
      const last = client;
      await last?.query('delete from workers where id = $1', [worker]).catch(() => {});
      await last?.end().catch(() => {});
    },
  };
}
