import { describe, expect, test } from 'vitest';
import { describeSchedule } from './describe-schedule.ts';

const now = new Date('2026-11-21T05:00:00Z');
const timezone = 'Europe/Berlin';

describe('describeSchedule', () => {
  test.each([
    [
      '2026-11-21T13:05:10Z',
      'today, Sat 21 November 2026, 14:05:10 (Europe/Berlin)',
      'сегодня, сб, 21 ноября 2026, 14:05:10 (Europe/Berlin)',
    ],
    [
      '2026-11-22T08:00:00Z',
      'tomorrow, Sun 22 November 2026, 09:00 (Europe/Berlin)',
      'завтра, вс, 22 ноября 2026, 09:00 (Europe/Berlin)',
    ],
    [
      '2026-12-01T08:00:00Z',
      'Tue 1 December 2026, 09:00 (Europe/Berlin)',
      'вт, 1 декабря 2026, 09:00 (Europe/Berlin)',
    ],
  ])('%s', (instant, en, ru) => {
    const rule = { type: 'one_time', trigger_at: new Date(instant), timezone } as const;
    expect(describeSchedule(rule, 'en', now)).toBe(en);
    expect(describeSchedule(rule, 'ru', now)).toBe(ru);
  });

  test('a cron expression', () => {
    const rule = { type: 'recurring', cron_expression: '0 9 * * 1-5', timezone } as const;
    expect(describeSchedule(rule, 'en', now)).toBe('every weekday at 09:00');
    expect(describeSchedule(rule, 'ru', now)).toBe('по будням в 09:00');
  });

  test('a recurrence rule', () => {
    const rrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0;BYSECOND=0';
    const rule = { type: 'recurring', rrule, start: now, timezone } as const;
    expect(describeSchedule(rule, 'en', now)).toBe('every second Friday at 09:00, from 4 December 2026');
    expect(describeSchedule(rule, 'ru', now)).toBe('каждую вторую пятницу в 09:00, с 4 декабря 2026');
  });
});
