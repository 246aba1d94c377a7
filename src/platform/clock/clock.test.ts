import { describe, expect, test } from 'vitest';
import { createClock } from './index.ts';

const START = Date.UTC(2026, 11, 1, 9);

/** A world in which time passes only when told: a monotonic clock, and a database behind a line with a delay. */
function world({ there_ms = 5, back_ms = 5 } = {}) {
  const state = { monotonic: 1_000, database: START, there_ms, back_ms };
  const pass = (ms: number) => {
    state.monotonic += ms;
    state.database += ms;
  };
  const clock = createClock(
    async () => {
      pass(state.there_ms);
      const answer = new Date(state.database);
      pass(state.back_ms);
      return answer;
    },
    () => state.monotonic,
  );
  const wrongBy = () => clock.now().getTime() - state.database;
  return { clock, state, pass, wrongBy };
}

describe('sync', () => {
  test('finds the time of the database with half the round trip taken off', async () => {
    const { clock, pass, wrongBy } = world({ there_ms: 40, back_ms: 40 });
    expect(await clock.sync()).toEqual({ step_ms: 0 });
    expect(wrongBy()).toBe(0);
    pass(3_600_000);
    expect(wrongBy()).toBe(0);
  });

  test('tells of a step, forward and back, and follows it', async () => {
    const { clock, state, wrongBy } = world();
    await clock.sync();
    state.database += 3_600_000;
    expect(await clock.sync()).toEqual({ step_ms: 3_600_000 });
    expect(wrongBy()).toBe(0);
    state.database -= 7_200_000;
    expect(await clock.sync()).toEqual({ step_ms: -7_200_000 });
    expect(wrongBy()).toBe(0);
    expect(await clock.sync()).toEqual({ step_ms: 0 });
  });

  test('follows less than a second without a word', async () => {
    const { clock, state, wrongBy } = world();
    await clock.sync();
    state.database += 900;
    expect(await clock.sync()).toEqual({ step_ms: 0 });
    expect(wrongBy()).toBe(0);
  });

  test('takes a slow, lopsided answer for no step, and does not get worse by it', async () => {
    const { clock, state, wrongBy } = world();
    await clock.sync();
    Object.assign(state, { there_ms: 0, back_ms: 4_000 });
    expect(await clock.sync()).toEqual({ step_ms: 0 });
    expect(wrongBy()).toBe(0);
  });
});
