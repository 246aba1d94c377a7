import { describe, expect, test } from 'vitest';
import { describeSchedule } from './describe-schedule.ts';

const now = new Date('2026-11-21T05:00:00Z');
const timezone = 'Europe/Berlin';

describe('describeSchedule', () => {
  test.each([
    ['0 9 * * *', 'every day at 09:00', 'каждый день в 09:00'],
    ['0 9,18 * * *', 'every day at 09:00 and 18:00', 'каждый день в 09:00 и 18:00'],
    ['0 9 * * 1-5', 'every weekday at 09:00', 'по будням в 09:00'],
    ['0 9 * * 1', 'every Monday at 09:00', 'по понедельникам в 09:00'],
    ['30 9 * * 1,4', 'every Monday and Thursday at 09:30', 'по понедельникам и четвергам в 09:30'],
    ['0 10 * * 0,6', 'every weekend day at 10:00', 'по выходным в 10:00'],
    ['*/15 * * * *', 'every 15 minutes', 'каждые 15 минут'],
    ['* * * * *', 'every minute', 'каждую минуту'],
    ['0 * * * *', 'every hour', 'каждый час'],
    ['0 */2 * * *', 'every 2 hours', 'каждые 2 часа'],
    [
      '0 9-18 * * 1-5',
      'every hour from 09:00 to 18:00, every weekday',
      'каждый час с 09:00 до 18:00, по будням',
    ],
    ['*/15 9-17 * * *', 'every 15 minutes from 09:00 to 18:00', 'каждые 15 минут с 09:00 до 18:00'],
    ['0 9 1 * *', 'on the 1st of every month at 09:00', '1 числа каждого месяца в 09:00'],
    ['0 18 L * *', 'on the last day of every month at 18:00', 'в последний день каждого месяца в 18:00'],
    [
      '0 9 * * 1#1',
      'on the first Monday of every month at 09:00',
      'в первый понедельник каждого месяца в 09:00',
    ],
    [
      '0 17 * * 5#L',
      'on the last Friday of every month at 17:00',
      'в последнюю пятницу каждого месяца в 17:00',
    ],
    ['0 10 5 12 *', 'every year on 5 December at 10:00', 'каждый год 5 декабря в 10:00'],
    ['0 9 1 */3 *', 'by the cron rule “0 9 1 */3 *”', 'по правилу cron «0 9 1 */3 *»'],
    ['0 0 9 * * *', 'by the cron rule “0 0 9 * * *”', 'по правилу cron «0 0 9 * * *»'],
  ])('%s', (cron_expression, en, ru) => {
    const rule = { type: 'recurring', cron_expression, timezone } as const;
    expect(describeSchedule(rule, 'en', now)).toBe(en);
    expect(describeSchedule(rule, 'ru', now)).toBe(ru);
  });

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
});
