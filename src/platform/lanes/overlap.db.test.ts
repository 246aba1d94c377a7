import { expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { gate, laneRig, nameOf } from '#test/lane-rig.ts';
import { until } from '#test/until.ts';
import { enqueueByOverlap, type OverlapPolicy } from './overlap.ts';

const db = testDatabase({ poolSize: 10 });
const rig = laneRig(db);

async function ask(policy: OverlapPolicy, name: string): Promise<boolean> {
  return await db.database.asSystem(async (tx) => await enqueueByOverlap(tx, policy, rig.item({ name })));
}

/** Asks for three runs while the first is under way; then lets it end. */
async function threeRuns(policy: OverlapPolicy) {
  const first = gate();
  const begun: string[] = [];
  const stopped: string[] = [];
  rig.start(async ({ payload }, lease) => {
    const name = nameOf(payload);
    begun.push(name);
    if (name === 'a') {
      await first.opened;
      if (policy === 'cancel_other') await until('it is asked to stop', () => lease.signal.aborted);
    }
    if (!lease.signal.aborted) return;
    stopped.push(name);
    lease.signal.throwIfAborted();
  });
  const taken = [await ask(policy, 'a')];
  await until('the first has begun', () => begun.length === 1);
  taken.push(await ask(policy, 'b'), await ask(policy, 'c'));
  if (policy === 'allow') await until('all have begun', () => begun.length === 3);
  first.open();
  await rig.allEnded();
  return { taken, begun, stopped };
}

test('skip leaves out what overlaps', async () => {
  expect(await threeRuns('skip')).toEqual({ taken: [true, false, false], begun: ['a'], stopped: [] });
});

test('skip runs again when nothing is under way', async () => {
  rig.start(async () => await Promise.resolve());
  expect(await ask('skip', 'a')).toBe(true);
  await rig.allEnded();
  expect(await ask('skip', 'b')).toBe(true);
});

test('buffer_one lets one wait', async () => {
  expect(await threeRuns('buffer_one')).toEqual({
    taken: [true, true, false],
    begun: ['a', 'b'],
    stopped: [],
  });
});

test('buffer_all lets all wait, in order', async () => {
  expect(await threeRuns('buffer_all')).toEqual({
    taken: [true, true, true],
    begun: ['a', 'b', 'c'],
    stopped: [],
  });
});

test('allow begins all at once', async () => {
  expect(await threeRuns('allow')).toEqual({
    taken: [true, true, true],
    begun: ['a', 'b', 'c'],
    stopped: [],
  });
});

test('cancel_other stops what is under way, ends what waits, and comes next', async () => {
  expect(await threeRuns('cancel_other')).toEqual({
    taken: [true, true, true],
    begun: ['a', 'c'],
    stopped: ['a'],
  });
  expect((await rig.statuses()).map(([name, status]) => `${name} ${status}`)).toEqual([
    'a cancelled',
    'b cancelled',
    'c completed',
  ]);
});

test('of two that ask at once with skip one is taken', async () => {
  const taken = await Promise.all(Array.from({ length: 8 }, async (_, n) => await ask('skip', `${n}`)));
  expect(taken.filter(Boolean)).toHaveLength(1);
});
