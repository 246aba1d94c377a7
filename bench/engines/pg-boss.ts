import pg from 'pg';
import { PgBoss } from 'pg-boss';

import { clientConfig } from '#platform/db/connection.ts';
import { createNotes, insertNote, type OpenEngine } from './engine.ts';
import { versionOf } from './version.ts';

const queue = 'bench';

/** pg-boss with LISTEN/NOTIFY, and its shortest poll; per-key order is its policy `key_strict_fifo`. */
export function pgBoss(mode: 'unordered' | 'key_strict_fifo'): OpenEngine {
  return async (connection, { concurrency }) => {
    const pool = new pg.Pool({ ...clientConfig(connection, 'pg-boss bench'), max: 4 });
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    await pool.query(createNotes);
    const { host, port, user, password, database } = connection;
    const boss = new PgBoss({
      host,
      port,
      user,
      database,
      ...(password !== undefined && { password }),
      max: concurrency + 4,
      useListenNotify: true,
      supervise: false,
      schedule: false,
    });
    boss.on('error', () => {});
    await boss.start();
    const ordered = mode === 'key_strict_fifo';
    await boss.createQueue(queue, { notify: true, ...(ordered && { policy: 'key_strict_fifo' }) });
    const work = ordered
      ? {
          pollingIntervalSeconds: 0.5,
          notifyPollingIntervalSeconds: 0.5,
          batchSize: 1,
          localConcurrency: concurrency,
        }
      : {
          pollingIntervalSeconds: 0.5,
          notifyPollingIntervalSeconds: 0.5,
          batchSize: 50,
          burstWhenBatchFull: true,
          localConcurrency: 2,
        };
    return {
      name: `pg-boss ${versionOf('pg-boss')} (${mode})`,
      ordered,
      settings: { ...work, notify: true, policy: ordered ? mode : 'standard' },
      enqueue: async (jobs) => {
        await boss.insert(
          queue,
          jobs.map(({ key, id, at }) => ({
            data: { id },
            ...(ordered && { singletonKey: key }),
            ...(at && { startAfter: at }),
          })),
        );
      },
      writeRow: async (job) => {
        const client = await pool.connect();
        try {
          await client.query('begin');
          await client.query(insertNote);
          const db = {
            executeSql: async (text: string, values?: unknown[]) => await client.query(text, values),
          };
          if (job) await boss.send(queue, { id: job.id }, { db, ...(ordered && { singletonKey: job.key }) });
          await client.query('commit');
        } finally {
          client.release();
        }
      },
      work: async (onStart) => {
        await boss.work<{ id: number }>(queue, work, async (jobs) => {
          for (const { data } of jobs) onStart(data.id);
          await Promise.resolve();
        });
        return async () => await boss.offWork(queue);
      },
      presentKeys: async () => await Promise.resolve(false),
      discard: async () => await boss.deleteAllJobs(queue),
      close: async () => {
        await boss.stop({ graceful: false });
        await pool.end();
      },
    };
  };
}
