import { setImmediate } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { createBeat } from './scheduler-beat.ts';

function beats() {
  let now = 0;
  let fails = false;
  const sent: boolean[] = [];
  const beat = createBeat(
    async (fired) => {
      sent.push(fired);
      if (fails) throw new Error('away');
      await Promise.resolve();
    },
    () => now,
  );
  return {
    sent,
    failing: (is: boolean) => (fails = is),
    at: async (ms: number, fired: boolean) => {
      now = ms;
      beat(fired);
      await setImmediate();
    },
  };
}

test('a busy loop beats twice a second, and forgets nothing that it has fired', async () => {
  const { at, sent } = beats();
  await at(0, false);
  await at(10, true);
  await at(499, false);
  expect(sent).toEqual([false]);
  await at(500, false);
  await at(1_000, false);
  expect(sent).toEqual([false, true, false]);
});

test('a beat that does not get through is made good by the next', async () => {
  const { at, sent, failing } = beats();
  failing(true);
  await at(0, true);
  failing(false);
  await at(1_000, false);
  expect(sent).toEqual([true, true]);
});
