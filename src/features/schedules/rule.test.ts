import { describe, expect, test } from 'vitest';
import { nextInstant, nextInstants, shortestGap, type RecurringRule, type Rule } from './rule.ts';

const cron = (cron_expression: string, timezone = 'UTC'): RecurringRule => ({
  type: 'recurring',
  cron_expression,
  timezone,
});
const at = (text: string) => new Date(text);

describe('nextInstant', () => {
  test('is strictly after from', () => {
    expect(nextInstant(cron('0 9 * * *'), at('2026-11-21T09:00:00Z'))).toEqual(at('2026-11-22T09:00:00Z'));
    expect(nextInstant(cron('0 9 * * *'), at('2026-11-21T08:59:59.999Z'))).toEqual(
      at('2026-11-21T09:00:00Z'),
    );
  });

  test('keeps the wall-clock time over a change to summer time', () => {
    const rule = cron('0 9 * * *', 'Europe/Berlin');
    expect(nextInstants(rule, at('2026-03-27T12:00:00Z'), 3)).toEqual([
      at('2026-03-28T08:00:00Z'),
      at('2026-03-29T07:00:00Z'),
      at('2026-03-30T07:00:00Z'),
    ]);
  });

  test('takes a day of the month or a day of the week when both are restricted', () => {
    expect(nextInstants(cron('0 0 13 * 5'), at('2026-11-01T00:00:00Z'), 3)).toEqual([
      at('2026-11-06T00:00:00Z'),
      at('2026-11-13T00:00:00Z'),
      at('2026-11-20T00:00:00Z'),
    ]);
  });

  test.each(['@daily', '@hourly', '@weekly', '@monthly', '@yearly', '@annually', '@midnight'])(
    'knows %s',
    (nickname) => {
      expect(nextInstant(cron(nickname), at('2026-11-21T12:30:00Z'))).toBeInstanceOf(Date);
    },
  );

  test('a date that never comes has no instant', () => {
    expect(nextInstant(cron('0 0 30 2 *'), at('2026-11-21T00:00:00Z'))).toBeNull();
  });

  test.each(['', 'tomorrow', '* * * *', '61 * * * *', '* * * * * * *', '2026-12-01T09:00:00', '0 9 * * FOO'])(
    'refuses %j as a 422 that names the field',
    (expression) => {
      expect(() => nextInstant(cron(expression), at('2026-11-21T00:00:00Z'))).toThrow(
        expect.objectContaining({
          code: 'schedules.bad_cron',
          kind: 'invalid',
          problems: [expect.objectContaining({ path: 'cron_expression' })],
        }),
      );
    },
  );

  test('a one-time rule has its instant until it has passed', () => {
    const rule: Rule = { type: 'one_time', trigger_at: at('2026-11-21T09:00:00Z'), timezone: 'UTC' };
    expect(nextInstant(rule, at('2026-11-21T08:00:00Z'))).toEqual(rule.trigger_at);
    expect(nextInstant(rule, at('2026-11-21T09:00:00Z'))).toBeNull();
  });
});

describe('the shortest gap', () => {
  test.each([
    ['* * * * *', 60],
    ['0 * * * * *', 60],
    ['*/30 * * * * *', 30],
    ['0,59 0 9 * * *', 59],
    ['0 9 * * *', 86_400],
    ['0 9,10 * * *', 3_600],
  ])('of %s is %s s', (expression, seconds) => {
    expect(shortestGap(cron(expression), at('2026-11-21T00:00:00Z'))).toBe(seconds * 1_000);
  });
});
