import { expect, test } from 'vitest';
import { matchesZone, timeZones } from './time-zones.ts';

test('every zone is there once, with UTC and what is kept', () => {
  const zones = timeZones(['Asia/Calcutta', 'Europe/Berlin']);
  for (const zone of ['UTC', 'Asia/Calcutta', 'Europe/Berlin']) {
    expect(zones.filter((name) => name === zone)).toEqual([zone]);
  }
});

test.each([
  ['new york', true],
  ['New_York', true],
  [' york ', true],
  ['america/new', true],
  ['', true],
  ['new delhi', false],
])('America/New_York is found by "%s": %s', (search, found) => {
  expect(matchesZone('America/New_York', search)).toBe(found);
});
