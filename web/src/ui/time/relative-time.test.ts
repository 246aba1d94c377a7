import { expect, it } from 'vitest';
import { relativeTime } from './format-time.ts';

const now = Date.parse('2026-11-21T14:00:00Z');
const HOUR = 3_600_000;

it.each([
  [0, 'now'],
  [20_000, 'in 20 seconds'],
  [-5 * 60_000, '5 minutes ago'],
  [59.6 * 60_000, 'in 1 hour'],
  [17 * HOUR, 'in 17 hours'],
  // The day after tomorrow by the calendar.
  [44 * HOUR, 'in 2 days'],
  [-25 * HOUR, '1 day ago'],
  [9 * 24 * HOUR, 'in 1 week'],
  [40 * 24 * HOUR, 'in 1 month'],
])('%d ms is %s', (ms, expected) => {
  expect(relativeTime(now + ms, now, 'en')).toBe(expected);
});
