import { describe, expect, test } from 'vitest';
import { createClock } from './index.ts';

const START = Date.UTC(2026, 11, 1, 9);

/** A world in which time passes only when told: a monotonic clock, and a database behind a line with a delay. */
function world({ there_ms = 5, back_ms = 5 } = {}) {
  const state = { monotonic: 1_000, database: START, there_ms, back_ms, waited: [] as number[], early_ms: 0 };
  const pass = (ms: number) => {
    state.monotonic += ms;
    state.database += ms;
  };
  const steps: number[] = [];
  const clock = createClock(
    async () => {
      pass(state.there_ms);
      const answer = new Date(state.database);
      pass(state.back_ms);
      return answer;
    },
    {
      onStep: ({ step_ms }) => steps.push(step_ms),
      monotonic: () => state.monotonic,
      wait: async (ms) => {
        state.waited.push(ms);
        pass(Math.max(0.5, ms - state.early_ms));
      },
    },
  );
  const wrongBy = () => clock.now().getTime() - state.database;
  return { clock, state, steps, pass, wrongBy };
}

describe('sync', () => {
  test('finds the time of the database with half the round trip taken off', async () => {
    const { clock, pass, wrongBy, steps } = world({ there_ms: 40, back_ms: 40 });
    expect(await clock.sync()).toEqual({ step_ms: 0 });
    expect(wrongBy()).toBe(0);
    pass(3_600_000);
    expect(wrongBy()).toBe(0);
    expect(steps).toEqual([]);
  });

  test('tells of a step, forward and back, and follows it', async () => {
    const { clock, state, steps, wrongBy } = world();
    await clock.sync();
    state.database += 3_600_000;
    expect(await clock.sync()).toEqual({ step_ms: 3_600_000 });
    expect(wrongBy()).toBe(0);
    state.database -= 7_200_000;
    expect(await clock.sync()).toEqual({ step_ms: -7_200_000 });
    expect(wrongBy()).toBe(0);
    expect(await clock.sync()).toEqual({ step_ms: 0 });
    expect(steps).toEqual([3_600_000, -7_200_000]);
  });

  test('follows less than a second without a word', async () => {
    const { clock, state, steps, wrongBy } = world();
    await clock.sync();
    state.database += 900;
    expect(await clock.sync()).toEqual({ step_ms: 0 });
    expect(wrongBy()).toBe(0);
    expect(steps).toEqual([]);
  });

  test('takes a slow, lopsided answer for no step, and does not get worse by it', async () => {
    const { clock, state, steps, wrongBy } = world();
    await clock.sync();
    Object.assign(state, { there_ms: 0, back_ms: 4_000 });
    expect(await clock.sync()).toEqual({ step_ms: 0 });
    expect(wrongBy()).toBe(0);
    expect(steps).toEqual([]);
  });
});

describe('sleepUntil', () => {
  test('never ends early, though timers do', async () => {
    const { clock, state } = world();
    await clock.sync();
    state.early_ms = 0.7;
    const instant = new Date(state.database + 2_345);
    await clock.sleepUntil(instant);
    expect(state.database).toBeGreaterThanOrEqual(instant.getTime());
    expect(state.database).toBeLessThan(instant.getTime() + 2);
  });

  test('looks again every second, or as often as asked', async () => {
    const { clock, state } = world();
    await clock.sync();
    await clock.sleepUntil(new Date(state.database + 2_500));
    await clock.sleepUntil(new Date(state.database + 70), { max_ms: 30 });
    expect(state.waited).toEqual([1_000, 1_000, 500, 30, 30, 10]);
  });

  test('never sets a timer that is too long for Node', async () => {
    const { clock, state } = world();
    await clock.sync();
    await clock.sleepUntil(new Date(state.database + 2 ** 32), { max_ms: Number.POSITIVE_INFINITY });
    expect(Math.max(...state.waited)).toBe(2 ** 31 - 1);
  });

  test('has nothing to wait for when the instant is past', async () => {
    const { clock, state } = world();
    await clock.sync();
    await clock.sleepUntil(new Date(state.database));
    expect(state.waited).toEqual([]);
  });

  test('ends at once when its signal is aborted, on real timers', async () => {
    const clock = createClock(async () => new Date());
    await clock.sync();
    const abort = new AbortController();
    const sleep = clock.sleepUntil(new Date(Date.now() + 3_600_000), {
      signal: abort.signal,
      max_ms: 3_600_000,
    });
    abort.abort();
    await sleep;
    await clock.sleepUntil(new Date(Date.now() + 3_600_000), { signal: abort.signal });
    expect(clock.now().getTime()).toBeLessThan(Date.now() + 1_000);
  });
});
