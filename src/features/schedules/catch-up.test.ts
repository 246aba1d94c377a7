import { describe, expect, test } from 'vitest';
import { catchUp } from './catch-up.ts';
import type { Rule } from './rule.ts';

const at = (text: string) => new Date(`2026-11-21T${text}Z`);
const hourly: Rule = { type: 'recurring', cron_expression: '0 * * * *', timezone: 'UTC' };
const minutely: Rule = { type: 'recurring', cron_expression: '* * * * *', timezone: 'UTC' };

describe('catchUp', () => {
  test('what is on time fires, with nothing missed', () => {
    expect(catchUp(hourly, { catch_up: 'latest' }, at('09:00:00'), at('09:00:00.003'))).toEqual({
      fire: [at('09:00:00')],
      missed: null,
      next: at('10:00:00'),
    });
  });

  test('latest: the newest fires, the others are one run of misses', () => {
    expect(catchUp(hourly, { catch_up: 'latest' }, at('09:00:00'), at('13:30:00'))).toEqual({
      fire: [at('13:00:00')],
      missed: { from: at('09:00:00'), until: at('12:00:00'), count: 4, fate: 'missed' },
      next: at('14:00:00'),
    });
  });

  test('all: each fires, but no more than the newest hundred', () => {
    expect(catchUp(hourly, { catch_up: 'all' }, at('09:00:00'), at('11:30:00')).fire).toEqual([
      at('09:00:00'),
      at('10:00:00'),
      at('11:00:00'),
    ]);
    const long = catchUp(minutely, { catch_up: 'all' }, at('01:00:00'), at('04:00:00'));
    expect(long.fire).toHaveLength(100);
    expect(long.fire.at(-1)).toEqual(at('04:00:00'));
    expect(long.missed).toEqual({ from: at('01:00:00'), until: at('02:20:00'), count: 81, fate: 'missed' });
  });

  test('skip: what is late is skipped, what is on time fires', () => {
    expect(catchUp(hourly, { catch_up: 'skip' }, at('09:00:00'), at('11:30:00'))).toEqual({
      fire: [],
      missed: { from: at('09:00:00'), until: at('11:00:00'), count: 3, fate: 'skipped' },
      next: at('12:00:00'),
    });
    expect(catchUp(hourly, { catch_up: 'skip' }, at('09:00:00'), at('11:00:05'))).toEqual({
      fire: [at('11:00:00')],
      missed: { from: at('09:00:00'), until: at('10:00:00'), count: 2, fate: 'skipped' },
      next: at('12:00:00'),
    });
  });

  test('a one-time rule always fires, however late, and never again', () => {
    const rule: Rule = { type: 'one_time', trigger_at: at('09:00:00'), timezone: 'UTC' };
    expect(catchUp(rule, { catch_up: 'skip' }, at('09:00:00'), at('23:00:00'))).toEqual({
      fire: [at('09:00:00')],
      missed: null,
      next: null,
    });
  });

  test('what was missed for years is not counted to the last, but the newest fires', () => {
    const { fire, missed, next } = catchUp(
      minutely,
      { catch_up: 'latest' },
      new Date('2020-01-01T00:00:00Z'),
      at('09:00:30'),
    );
    expect(fire).toEqual([at('09:00:00')]);
    expect(missed).toMatchObject({ from: new Date('2020-01-01T00:00:00Z'), until: at('08:59:00') });
    expect(missed!.count).toBeGreaterThanOrEqual(10_000);
    expect(next).toEqual(at('09:01:00'));
  });
});

describe('a window', () => {
  const within = (window_ms: number | null) => ({ catch_up: 'latest' as const, window_ms });

  test('what is later is missed, and does not fire', () => {
    expect(catchUp(hourly, within(600_000), at('09:00:00'), at('11:20:00'))).toEqual({
      fire: [],
      missed: { from: at('09:00:00'), until: at('11:00:00'), count: 3, fate: 'missed' },
      next: at('12:00:00'),
    });
    expect(catchUp(hourly, within(1_800_000), at('09:00:00'), at('11:20:00'))).toMatchObject({
      fire: [at('11:00:00')],
      missed: { count: 2 },
    });
  });

  test('is half the time to the next instant by default, an hour at most', () => {
    expect(catchUp(hourly, within(null), at('11:00:00'), at('11:29:00')).fire).toHaveLength(1);
    expect(catchUp(hourly, within(null), at('11:00:00'), at('11:31:00')).fire).toHaveLength(0);
    const daily: Rule = { type: 'recurring', cron_expression: '0 9 * * *', timezone: 'UTC' };
    expect(catchUp(daily, within(null), at('09:00:00'), at('09:59:00')).fire).toHaveLength(1);
    expect(catchUp(daily, within(null), at('09:00:00'), at('10:01:00')).fire).toHaveLength(0);
  });

  test('counts for what happens once, too', () => {
    const once: Rule = { type: 'one_time', trigger_at: at('09:00:00'), timezone: 'UTC' };
    expect(catchUp(once, within(null), at('09:00:00'), at('10:30:00'))).toMatchObject({
      fire: [],
      missed: { count: 1 },
      next: null,
    });
  });

  test('never makes late what is but a minute behind', () => {
    expect(catchUp(minutely, within(null), at('09:00:00'), at('09:00:50')).fire).toHaveLength(1);
  });
});
