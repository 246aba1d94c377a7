import { describe, expect, it } from 'vitest';
import { cronOf, everyDayAtNine, isTooOften, repeatTimeOf, ruleOfCron, ruleOfRrule } from './repeat-rule.ts';

describe('a cron rule', () => {
  it.each([
    ['30 8 * * *', { preset: 'daily', time: '08:30' }],
    ['0 9 * * 1-5', { preset: 'weekdays', time: '09:00' }],
    ['15 23 * * 1,3,6', { preset: 'weekly', time: '23:15', weekdays: [1, 3, 6] }],
    ['0 0 31 * *', { preset: 'monthly', time: '00:00', monthDay: '31' }],
    ['5 7 L * *', { preset: 'monthly', time: '07:05', monthDay: 'L' }],
  ])('%s is a preset, there and back', (cron, expected) => {
    const rule = ruleOfCron(cron);
    expect(rule).toMatchObject(expected);
    expect(cronOf(rule)).toBe(cron);
  });

  it.each([
    '*/15 * * * *',
    '0 9,18 * * *',
    '0 9 * 1 *',
    '0 9 13 * 5',
    '0 9 * * 1#1',
    '0 9 * * 1-3',
    '30 0 9 * * *',
    '@daily',
    '0 25 * * *',
    '0 9 32 * *',
  ])('%s is no preset and stays as it is', (cron) => {
    expect(ruleOfCron(cron).preset).toBe('custom');
    expect(cronOf(ruleOfCron(cron))).toBe(cron);
  });

  it('takes Sunday by both its numbers, once', () => {
    expect(ruleOfCron('0 9 * * 7,0,2').weekdays).toEqual([0, 2]);
  });

  it('is none while something is missing', () => {
    expect(cronOf({ ...everyDayAtNine, time: '' })).toBeUndefined();
    expect(cronOf({ ...everyDayAtNine, preset: 'weekly', weekdays: [] })).toBeUndefined();
    expect(cronOf({ ...everyDayAtNine, preset: 'custom', cron: '  ' })).toBeUndefined();
  });
});

describe('a rule as the API takes it', () => {
  it('is cron or an RRULE, and none while that is empty', () => {
    expect(repeatTimeOf(everyDayAtNine)).toEqual({ cron_expression: '0 9 * * *' });
    expect(repeatTimeOf(ruleOfRrule(' FREQ=DAILY '))).toEqual({ rrule: 'FREQ=DAILY' });
    expect(repeatTimeOf(ruleOfRrule(' '))).toBeUndefined();
    expect(repeatTimeOf({ ...ruleOfRrule('FREQ=DAILY'), preset: 'daily' })).toEqual({
      cron_expression: '0 9 * * *',
    });
  });
});

describe('isTooOften', () => {
  it('is for instants less than a minute apart', () => {
    const [first, second, third] = [
      '2026-11-21T09:00:00Z',
      '2026-11-21T09:00:30Z',
      '2026-11-21T09:01:30Z',
    ] as const;
    expect(isTooOften([first, second])).toBe(true);
    expect(isTooOften([second, third])).toBe(false);
    expect(isTooOften([first])).toBe(false);
  });
});
