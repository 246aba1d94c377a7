import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { remindersUnder } from './reminders-under.ts';

const ROUNDS = 4;
/** Longer than a push waits for its answer. */
const SILENCE_MS = 7_000;

// What the ledger says of the list: an entry at least for each occurrence, and none that names another.

test.concurrent.each(['SIGTERM', 'SIGKILL'] as const)(
  'Redis ends by %s and comes back, again and again: it gets all, at least once',
  async (signal) => {
    const { redis_entries, instants } = await remindersUnder({ reminders: 120 }, async (scene) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await sleep(scene.random.between(500, 2_500));
        await scene.redis.stop(signal);
        await sleep(scene.random.between(100, 1_500));
        await scene.startRedis();
      }
    });
    expect(redis_entries).toBeGreaterThanOrEqual(instants);
  },
);

test.concurrent('Redis falls silent, with its connections open: it gets all, what it had not answered perhaps again', async () => {
  const { redis_duplicates } = await remindersUnder({ reminders: 120 }, async ({ redis, random }) => {
    for (let round = 0; round < 2; round += 1) {
      await sleep(random.between(1_000, 2_500));
      redis.signal('SIGSTOP');
      await sleep(SILENCE_MS);
      redis.signal('SIGCONT');
    }
  });
  // What was on its way was taken after all, when it could be: readers tell by the occurrence.
  expect(redis_duplicates).toBeGreaterThan(0);
});
