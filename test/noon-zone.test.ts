import { expect, test } from 'vitest';

import { noonZone } from './noon-zone.ts';

test('at every minute of a day there is a zone in which it is about noon', () => {
  const midnight = Date.parse('2026-10-25T00:00:00Z');
  for (let minute = 0; minute < 24 * 60; minute += 1) {
    const now = midnight + minute * 60_000;
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: noonZone(now), timeStyle: 'short' }).format(
      now,
    );
    expect(clock >= '11:30' && clock <= '12:30', `${minute}: ${clock}`).toBe(true);
  }
});
