import { describe, expect, test } from 'vitest';

import { readRrule } from './rrule-parts.ts';
import { wallsOfRule } from './rrule-plan.ts';
import { parseRrule } from './rrule.ts';

const START = Date.UTC(2026, 0, 1, 7) / 1000;

/** Steps of the search from the start on, and what it found. */
function searched(rule: string): { found: number | null; steps: number } {
  const walls = wallsOfRule(readRrule(rule), START);
  const found = walls.next(START - 1);
  return { found, steps: walls.steps };
}

describe('what never comes is found out in few steps', () => {
  test.each([
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 401],
    ['FREQ=YEARLY;INTERVAL=400;BYMONTH=2;BYMONTHDAY=29', 2],
    ['FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;BYSETPOS=2', 401],
    ['FREQ=YEARLY;BYWEEKNO=1;BYMONTH=7', 401],
    ['FREQ=MONTHLY;BYDAY=6MO', 4_801],
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTH=2', 401],
    ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2', 20_872],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 2],
    ['FREQ=DAILY;INTERVAL=7;BYDAY=MO', 21_000],
    ['FREQ=DAILY;BYHOUR=1;BYSETPOS=2', 0],
    ['FREQ=HOURLY;INTERVAL=24;BYHOUR=5', 24],
    ['FREQ=HOURLY;INTERVAL=7;BYDAY=MO;BYHOUR=5', 21_000],
    ['FREQ=MINUTELY;INTERVAL=1440;BYMINUTE=1', 100],
    ['FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30', 2],
    ['FREQ=SECONDLY;INTERVAL=2;BYSECOND=1', 1_500],
    ['FREQ=SECONDLY;INTERVAL=604800;BYDAY=MO', 21_000],
  ])('%s', (rule, most) => {
    const { found, steps } = searched(rule);
    expect(found).toBeNull();
    expect(steps).toBeLessThanOrEqual(most);
    expect(parseRrule(rule, 'Europe/Berlin', START * 1000).next(START * 1000)).toBeNull();
  });
});

describe('what comes rarely comes', () => {
  test.each([
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU', '2032-02-29T07:00:00Z', 10],
    ['FREQ=YEARLY;INTERVAL=400;BYYEARDAY=1', '2026-01-01T07:00:00Z', 1],
    ['FREQ=DAILY;INTERVAL=1461;BYMONTHDAY=1;BYMONTH=2', '6102-02-01T07:00:00Z', 3_000],
    ['FREQ=SECONDLY;BYMONTH=12;BYMONTHDAY=31;BYHOUR=23;BYMINUTE=59;BYSECOND=59', '2026-12-31T23:59:59Z', 5],
    ['FREQ=SECONDLY;INTERVAL=86399;BYHOUR=6;BYMINUTE=0;BYSECOND=0', '2035-11-10T06:00:00Z', 9_000],
    ['FREQ=SECONDLY;INTERVAL=999999937', '2026-01-01T07:00:00Z', 3],
  ])('%s', (rule, expected, most) => {
    const { found, steps } = searched(rule);
    expect(found === null ? null : new Date(found * 1000).toISOString()).toBe(expected.replace('Z', '.000Z'));
    expect(steps).toBeLessThanOrEqual(most);
  });
});

test('centuries on, a step or two are enough', () => {
  for (const freq of ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']) {
    const walls = wallsOfRule(readRrule(`FREQ=${freq};INTERVAL=2`), START);
    expect(walls.next(Date.UTC(9000, 5, 1) / 1000), freq).not.toBeNull();
    expect(walls.steps, freq).toBeLessThanOrEqual(5);
  }
});

test('an offset that never is when it would come is not waited for', () => {
  // By summer time 8:00 is met each day, but there is none in January.
  const text = 'DTSTART:20260101T070000\nRRULE:FREQ=HOURLY;INTERVAL=24;BYHOUR=8;BYMONTH=1';
  expect(parseRrule(text, 'Europe/Berlin', 0).next(START * 1000)).toBeNull();
  const july = text.replace('BYMONTH=1', 'BYMONTH=7');
  expect(parseRrule(july, 'Europe/Berlin', 0).next(START * 1000)).toBe(Date.parse('2026-07-01T06:00:00Z'));
});
