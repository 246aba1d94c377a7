import { expect, it } from 'vitest';
import { tomorrowMorning } from './snooze-choices.ts';

it('is the day after the user’s today, wherever they are', () => {
  const now = Date.parse('2026-11-30T23:30:00Z');
  expect(tomorrowMorning(now, 'Europe/Berlin')).toEqual({ local_time: '2026-12-02T09:00' });
  expect(tomorrowMorning(now, 'America/New_York')).toEqual({ local_time: '2026-12-01T09:00' });
});

it('is nine on the clock too when the night is an hour shorter or longer', () => {
  expect(tomorrowMorning(Date.parse('2026-03-28T20:00:00Z'), 'Europe/Berlin')).toEqual({
    local_time: '2026-03-29T09:00',
  });
  // In the repeated hour of the day itself.
  expect(tomorrowMorning(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toEqual({
    local_time: '2026-10-26T09:00',
  });
});
