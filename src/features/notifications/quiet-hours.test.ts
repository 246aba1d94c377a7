import { expect, test } from 'vitest';
import { endOfQuiet } from './quiet-hours.ts';

const night = { start: '22:00', end: '07:00', timezone: 'Europe/Berlin' };
const noon = { start: '12:00', end: '14:30', timezone: 'UTC' };

test.each([
  [night, '2026-11-20T21:00:00Z', '2026-11-21T06:00:00Z'],
  [night, '2026-11-20T23:30:00Z', '2026-11-21T06:00:00Z'],
  [night, '2026-11-21T05:59:59Z', '2026-11-21T06:00:00Z'],
  [night, '2026-11-21T06:00:00Z', null],
  [night, '2026-11-20T20:59:59Z', null],
  [noon, '2026-11-20T12:00:00Z', '2026-11-20T14:30:00Z'],
  [noon, '2026-11-20T14:29:59.999Z', '2026-11-20T14:30:00Z'],
  [noon, '2026-11-20T14:30:00Z', null],
  // The night in which the clocks go forward, and one whose end does not exist.
  [night, '2027-03-27T22:00:00Z', '2027-03-28T05:00:00Z'],
  [{ ...night, end: '02:30' }, '2027-03-27T22:00:00Z', '2027-03-28T01:30:00Z'],
  // And the one in which they go back: the end is the first time it is half past two.
  [{ ...night, end: '02:30' }, '2027-10-30T22:00:00Z', '2027-10-31T00:30:00Z'],
  [{ ...night, end: '02:30' }, '2027-10-31T01:15:00Z', null],
])('%j at %s: until %s', (quiet, now, until) => {
  expect(endOfQuiet(quiet, new Date(now))).toEqual(until === null ? null : new Date(until));
});
