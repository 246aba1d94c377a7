import { expect, test } from 'vitest';
import { filterOf, noFilter, startOfDay } from './filter.ts';

test('a day begins at midnight of the zone', () => {
  expect(startOfDay('2026-11-30', 'Europe/Berlin')).toBe('2026-11-29T23:00:00.000Z');
  expect(startOfDay('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
  expect(startOfDay('2026-11-30', 'America/New_York')).toBe('2026-11-30T05:00:00.000Z');
  expect(startOfDay('2026-11-30', 'Pacific/Kiritimati')).toBe('2026-11-29T10:00:00.000Z');
});

test('also on days on which the clock is changed', () => {
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(startOfDay('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
  expect(startOfDay('2026-10-25', 'Europe/Berlin')).toBe('2026-10-24T22:00:00.000Z');
  expect(startOfDay('2026-10-26', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z');
});

test('the last day is in it, and what is not chosen is not asked for', () => {
  expect(filterOf(noFilter, 'Europe/Berlin')).toEqual({});
  expect(
    filterOf({ level: 'error', type: '', from: '2026-11-30', to: '2026-11-30' }, 'Europe/Berlin'),
  ).toEqual({
    level: 'error',
    from: '2026-11-29T23:00:00.000Z',
    to: '2026-11-30T23:00:00.000Z',
  });
});
