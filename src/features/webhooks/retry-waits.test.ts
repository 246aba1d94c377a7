import { expect, test } from 'vitest';
import { nextWait, retryAfterMs } from './retry-waits.ts';

const even = () => 0.5;
const failed = (attempt: number, status?: number, retry_after_ms?: number) =>
  nextWait({ attempt, status, retry_after_ms }, even);

test('waits grow, over more than two days and less than three', () => {
  let total = 0;
  let before = 0;
  let attempt = 1;
  for (; ; attempt += 1) {
    const wait = failed(attempt, 503);
    if (wait === undefined) break;
    expect(wait).toBeGreaterThanOrEqual(before);
    before = wait;
    total += wait;
  }
  expect(attempt).toBe(14);
  expect(total / 3_600_000).toBeGreaterThan(48);
  expect(total / 3_600_000).toBeLessThan(72);
});

test('they are spread by a fifth either way', () => {
  expect(nextWait({ attempt: 2, status: 500, retry_after_ms: undefined }, () => 0)).toBe(4_000);
  expect(nextWait({ attempt: 2, status: 500, retry_after_ms: undefined }, () => 1)).toBe(6_000);
});

test('what is refused for what it says does not hold up the rest for days', () => {
  expect(failed(5, 422)).toBe(600_000);
  expect(failed(6, 422)).toBeUndefined();
  expect(failed(6, 404)).toBe(1_800_000);
});

test('one that is gone is not asked again', () => {
  expect(failed(1, 410)).toBeUndefined();
});

test('a receiver may ask for more time, up to twelve hours, never for less', () => {
  expect(failed(1, 429, 60_000)).toBe(60_000);
  expect(failed(3, 429, 1_000)).toBe(30_000);
  expect(failed(1, 503, 10 * 86_400_000)).toBe(43_200_000);
});

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-12-01T08:00:00Z');
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs('Tue, 01 Dec 2026 08:01:00 GMT', now)).toBe(60_000);
  expect(retryAfterMs('Tue, 01 Dec 2026 07:00:00 GMT', now)).toBe(0);
  expect(retryAfterMs('soon', now)).toBeUndefined();
  expect(retryAfterMs(null, now)).toBeUndefined();
});
