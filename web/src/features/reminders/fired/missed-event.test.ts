import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gather, missedOf } from './missed-event.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an event is about as many times as it says', () => {
  const event = { type: 'schedule.missed', subject: null, at: '2026-11-21T09:00:00Z' };
  expect(missedOf({ ...event, payload: { count: 4 } })).toBe(4);
  expect(missedOf({ ...event, payload: {} })).toBe(1);
});

test('what comes close together is told at once, what comes later anew', () => {
  const told: number[] = [];
  const { add, stop } = gather((count) => told.push(count), 1_000);
  add(1);
  add(3);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([4]);
  add(2);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([4, 2]);
  add(1);
  stop();
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([4, 2]);
});
