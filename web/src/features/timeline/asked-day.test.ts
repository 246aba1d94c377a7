import { expect, test } from 'vitest';
import { askedDay } from './asked-day.ts';

const today = '2026-11-21';

test('a day to come is taken', () => {
  expect(askedDay('2026-11-22', today)).toBe('2026-11-22');
  expect(askedDay('2028-02-29', today)).toBe('2028-02-29');
});

test.each([undefined, '', 'Friday', '2026-11-20', '2026-13-01', '2027-02-29', '3000-01-01', '99999-01-01'])(
  '%s is today',
  (asked) => {
    expect(askedDay(asked, today)).toBe(today);
  },
);
