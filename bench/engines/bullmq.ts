import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

import { freePort } from '#test/free-port.ts';
import { startRedis } from '#test/redis-server.ts';
import type { Timer } from './engine.ts';
import { versionOf } from './version.ts';

const queue = 'bench';

/** BullMQ over a `redis-server` of its own that keeps nothing on disk: what it does at its fastest, not at its safest. */
export async function bullMq({ concurrency }: { concurrency: number }): Promise<Timer> {
  const port = await freePort();
  const redis = await startRedis(port);
  const connection = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: null });
  connection.on('error', () => {});
  const jobs = new Queue<{ id: number }>(queue, { connection });
  return {
    name: `BullMQ ${versionOf('bullmq')}`,
    settings: { concurrency, redis: 'in memory alone', removeOnComplete: true },
    enqueue: async (wanted) => {
      const from = Date.now();
      await jobs.addBulk(
        wanted.map(({ id, at }) => ({
          name: 'bench',
          data: { id },
          opts: {
            removeOnComplete: true,
            // It takes a span, and adds it to the timestamp.
            ...(at && { timestamp: from, delay: Math.max(0, at.getTime() - from) }),
          },
        })),
      );
    },
    work: async (onStart) => {
      const worker = new Worker<{ id: number }>(
        queue,
        async ({ data }) => await Promise.resolve(onStart(data.id)),
        {
          connection,
          concurrency,
        },
      );
      worker.on('error', () => {});
      await worker.waitUntilReady();
      return async () => await worker.close(true);
    },
    close: async () => {
      await jobs.close();
      connection.disconnect();
      await redis.stop();
    },
  };
}
