import { Logger, makeWorkerUtils, run, type AddJobsJobSpec } from 'graphile-worker';
import pg from 'pg';

import { clientConfig } from '#platform/db/connection.ts';
import { createNotes, insertNote, type Job, type OpenEngine } from './engine.ts';
import { versionOf } from './version.ts';

/** Its own words about the day are not figures. */
const logger = new Logger(() => () => {});

/**
 * graphile-worker, tuned as its performance page says: a local queue and batched completion for throughput. Per-key
 * order is its named queues; a local queue can't be used for less latency then, so it is left out.
 */
export function graphileWorker(mode: 'unordered' | 'queue per key'): OpenEngine {
  return async (connection, { concurrency }) => {
    const pool = new pg.Pool({ ...clientConfig(connection, 'graphile-worker bench'), max: concurrency + 4 });
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    await pool.query(createNotes);
    const utils = await makeWorkerUtils({ pgPool: pool, logger });
    await utils.migrate();
    const ordered = mode === 'queue per key';
    const worker = ordered
      ? { concurrentJobs: concurrency, pollInterval: 100 }
      : {
          concurrentJobs: concurrency,
          pollInterval: 100,
          localQueue: { size: 500 },
          completeJobBatchDelay: 0,
        };
    const spec = ({ key, id, at }: Job): AddJobsJobSpec => ({
      identifier: 'bench',
      payload: { id },
      ...(ordered && { queueName: key }),
      ...(at && { runAt: at }),
    });
    return {
      name: `graphile-worker ${versionOf('graphile-worker')} (${mode})`,
      ordered,
      settings: worker,
      enqueue: async (jobs) => {
        await utils.addJobs(jobs.map(spec));
      },
      writeRow: async (job) => {
        const client = await pool.connect();
        try {
          await client.query('begin');
          await client.query(insertNote);
          if (job) {
            await client.query(`select graphile_worker.add_job('bench', $1::json, queue_name => $2)`, [
              JSON.stringify({ id: job.id }),
              ordered ? job.key : null,
            ]);
          }
          await client.query('commit');
        } finally {
          client.release();
        }
      },
      work: async (onStart) => {
        const runner = await run({
          pgPool: pool,
          logger,
          noHandleSignals: true,
          preset: { worker },
          taskList: {
            bench: async (payload) => await Promise.resolve(onStart((payload as { id: number }).id)),
          },
        });
        return async () => await runner.stop();
      },
      presentKeys: async (keys, count) => {
        if (!ordered) return false;
        await pool.query(
          `insert into graphile_worker._private_job_queues (queue_name)
           select $1 || n from generate_series(0, $2 - 1) n on conflict do nothing`,
          [keys, count],
        );
        await pool.query('vacuum analyze graphile_worker._private_job_queues');
        return true;
      },
      discard: async () => {
        await pool.query('truncate graphile_worker._private_jobs, graphile_worker._private_job_queues');
      },
      close: async () => {
        await utils.release();
        await pool.end();
      },
    };
  };
}
