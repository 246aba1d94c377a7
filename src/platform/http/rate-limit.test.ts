import { expect, test } from 'vitest';
import { RetryLater } from './problem.ts';
import { createRateLimit } from './rate-limit.ts';

function limitAt(rate: { per_second: number; burst: number }) {
  const clock = { ms: 0 };
  const limit = createRateLimit(rate, () => clock.ms);
  const passing = (times: number, user = 'ann') => {
    let passed = 0;
    for (let n = 0; n < times; n++) {
      try {
        limit.take(user);
        passed++;
      } catch (error) {
        if (!(error instanceof RetryLater)) throw error;
      }
    }
    return passed;
  };
  return { clock, limit, passing };
}

test('lets a burst pass, then as many a second as may go on', () => {
  const { clock, passing } = limitAt({ per_second: 200, burst: 2_000 });
  expect(passing(3_000)).toBe(2_000);
  clock.ms += 100;
  expect(passing(100)).toBe(20);
  clock.ms += 1_000;
  expect(passing(1_000)).toBe(200);
  clock.ms += 60_000;
  expect(passing(5_000)).toBe(2_000);
});

test('each user has their own', () => {
  const { passing } = limitAt({ per_second: 1, burst: 3 });
  expect(passing(5, 'ann')).toBe(3);
  expect(passing(5, 'bob')).toBe(3);
});

test('says when to come back, and then it goes on', () => {
  const { clock, limit, passing } = limitAt({ per_second: 0.5, burst: 1 });
  expect(passing(1)).toBe(1);
  clock.ms += 500;
  let refused: unknown;
  try {
    limit.take('ann');
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({ kind: 'rate_limited', code: 'rate.exceeded', retry_after_s: 2 });
  clock.ms += (refused as RetryLater).retry_after_s * 1_000;
  expect(passing(2)).toBe(1);
});

test('remembers only who was there lately', () => {
  const { clock, limit, passing } = limitAt({ per_second: 10, burst: 10 });
  for (let user = 0; user < 10_000; user++) limit.take(`user-${user}`);
  expect(limit.size()).toBe(10_000);
  clock.ms += 11_000;
  expect(passing(20)).toBe(10);
  expect(limit.size()).toBe(1);
});
