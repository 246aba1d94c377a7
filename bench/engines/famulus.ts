import { sql } from 'kysely';

import { openDatabase, type NewLaneItem, type Tx } from '#platform/db/index.ts';
import type { Roles } from '#platform/db/roles.ts';
import { connect } from '#platform/db/connection.ts';
import { createSignals } from '#platform/events/index.ts';
import { newId } from '#platform/ids/index.ts';
import { openWorkerSession, startLaneWorker, type WorkerSession } from '#platform/lanes/index.ts';
import { createNotes, insertNote, type OpenEngine } from './engine.ts';

const poolSize = 10;

/** Our lanes, in a migrated database: row security, fences and per-key order as in the product. */
export function famulus(roles: Roles): OpenEngine {
  return async (connection, { concurrency }) => {
    const owner = await connect(connection, 'famulus bench');
    // Lanes of many users, as in use: each key belongs to one.
    const users = Array.from({ length: 100 }, newId);
    await owner.query(`insert into users (id, name) select id, 'bench' from unnest($1::uuid[]) id`, [users]);
    const userOf = (key: string) => users[Number(key.match(/\d+$/)?.[0]) % users.length] ?? '';
    await owner.query(`${createNotes}; grant insert on notes to ${roles.app.name}`);
    const wire: { session?: WorkerSession } = {};
    const signals = createSignals(newId(), async (payload) => await wire.session?.notify(payload));
    const database = openDatabase({
      connection,
      roles,
      poolSize,
      onHints: (topics) => signals.publishAll(topics),
    });
    const session = await openWorkerSession({
      connection: database.systemConnection,
      services: ['bench'],
      onNotification: (payload) => signals.receive(payload),
      onReconnect: () => signals.wakeAll(),
      onLost: () => {},
    });
    wire.session = session;
    const item = (key: string, id: number): NewLaneItem => ({
      key: `bench:${key}`,
      user_id: userOf(key),
      type: 'user',
      kind: 'bench',
      payload: { id },
    });
    return {
      name: 'famulus lanes',
      ordered: true,
      settings: { concurrency, poolSize, userCap: 'none', pollMs: 500, leaseMs: 15_000 },
      enqueue: async (jobs) => {
        const work = async (tx: Tx) => tx.enqueue(...jobs.map(({ key, id }) => item(key, id)));
        const [first] = jobs;
        if (first && jobs.length === 1) await database.asUser(userOf(first.key), work);
        else await database.asSystem(work);
      },
      writeRow: async (job) => {
        await database.asUser(userOf(job?.key ?? '0'), async (tx) => {
          await sql.raw(insertNote).execute(tx.db);
          if (job) tx.enqueue(item(job.key, job.id));
        });
      },
      work: async (onStart) => {
        const worker = startLaneWorker({
          database,
          signals,
          worker: session.worker,
          scopes: ['bench'],
          concurrency,
          onError: (error) => console.error(error),
          // Of no use here: what is measured is the lanes.
          userCap: 1_000_000,
          handlers: [
            {
              kind: 'bench',
              work: async ({ payload }) => await Promise.resolve(onStart(payload.id as number)),
            },
          ],
        });
        return await Promise.resolve(async () => await worker.stop(10_000));
      },
      presentKeys: async (keys, count) => {
        await owner.query('begin; set local session_replication_role = replica');
        await owner.query(
          `insert into lanes (key, user_id, next_seq, idle_since)
           select 'bench:' || $1 || n, ($2::uuid[])[n % 100 + 1], 2, now() from generate_series(0, $3 - 1) n
           on conflict do nothing`,
          [keys, users, count],
        );
        await owner.query(
          `insert into lane_items (lane_key, seq, type, kind, payload, priority, status, finished_at)
           select 'bench:' || $1 || n, 1, 'user', 'bench', '{}', 1, 'completed', now()
           from generate_series(0, $2 - 1) n on conflict do nothing`,
          [keys, count],
        );
        await owner.query('commit');
        await owner.query('vacuum analyze lanes, lane_items');
        return true;
      },
      discard: async () => {
        await owner.query('truncate lanes, lane_items');
      },
      close: async () => {
        await session.close();
        await database.close();
        await owner.end();
      },
    };
  };
}
