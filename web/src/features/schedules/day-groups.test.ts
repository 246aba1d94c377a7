import { expect, it } from 'vitest';
import { groupByDay, nearDay } from './day-groups.ts';
import { wallClock } from './wall-clock.ts';

it('groups by the day in the zone, in order, and leaves out what has none', () => {
  const instants = ['2026-11-21T22:30:00Z', '2026-11-21T23:30:00Z', null, '2026-11-22T22:59:00Z'];
  const groups = groupByDay(instants, (at) => (at && wallClock(at, 'Europe/Berlin').date) || undefined);
  expect(groups).toEqual([
    { day: '2026-11-21', items: ['2026-11-21T22:30:00Z'] },
    { day: '2026-11-22', items: ['2026-11-21T23:30:00Z', '2026-11-22T22:59:00Z'] },
  ]);
});

it('knows the days around today, over the end of a month too', () => {
  expect(nearDay('2026-12-01', '2026-11-30')).toBe('tomorrow');
  expect(nearDay('2026-11-30', '2026-12-01')).toBe('yesterday');
  expect(nearDay('2026-12-01', '2026-12-01')).toBe('today');
  expect(nearDay('2026-12-02', '2026-11-30')).toBeUndefined();
});
