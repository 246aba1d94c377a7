import { expect, it } from 'vitest';
import { weekdayName, weekOf } from './weekday-names.ts';

it('names days as cron counts them', () => {
  expect(weekdayName(0, 'en', 'long')).toBe('Sunday');
  expect(weekdayName(7, 'en', 'long')).toBe('Sunday');
  expect(weekdayName(3, 'de', 'short')).toBe('Mi');
});

it('begins the week as the region does', () => {
  expect(weekOf('de-DE')).toEqual([1, 2, 3, 4, 5, 6, 0]);
  expect(weekOf('en-US')).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
