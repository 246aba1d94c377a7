import { expect, it } from 'vitest';
import { daysAfter, wallClock } from './wall-clock.ts';

it('is what calendar and clock of the zone show', () => {
  expect(wallClock('2026-11-30T23:30:00Z', 'Europe/Berlin')).toEqual({ date: '2026-12-01', time: '00:30' });
  expect(wallClock('2026-11-30T23:30:00Z', 'America/New_York')).toEqual({
    date: '2026-11-30',
    time: '18:30',
  });
  expect(wallClock('2026-11-30T00:00:00Z', 'UTC')).toEqual({ date: '2026-11-30', time: '00:00' });
});

it('follows summer time', () => {
  expect(wallClock('2026-03-29T00:59:00Z', 'Europe/Berlin').time).toBe('01:59');
  expect(wallClock('2026-03-29T01:00:00Z', 'Europe/Berlin').time).toBe('03:00');
});

it('counts days by the calendar', () => {
  expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01');
  expect(daysAfter('2028-02-28', 1)).toBe('2028-02-29');
  expect(daysAfter('2026-03-28', 2)).toBe('2026-03-30');
});
