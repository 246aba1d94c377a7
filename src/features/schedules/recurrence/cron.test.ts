import { afterEach, describe, expect, test } from 'vitest';

import { wallClockRule } from './cron-expression.ts';
import { wallClockFrom } from './cron-wall-clock.ts';
import { parseCron } from './cron.ts';
import { useOffsets } from './zone.ts';

const at = (text: string) => Date.parse(text);

/** The next instants as text, without what is zero at the end: `2025-01-05 06:00`. */
function nexts(expression: string, zone: string, from: string, count: number): string[] {
  const recurrence = parseCron(expression, zone);
  const found: string[] = [];
  let next = recurrence.next(at(from));
  while (next !== null && found.length < count) {
    found.push(new Date(next).toISOString().slice(0, 19).replace('T', ' ').replace(/:00$/, ''));
    next = recurrence.next(next);
  }
  return found;
}

const days = (expression: string, from = '2025-01-01T00:00:00Z') =>
  nexts(`0 12 ${expression}`, 'UTC', from, 5).map((text) => text.slice(0, 10));

describe('days', () => {
  test.each([
    ['L-3 * *', ['2025-01-28', '2025-02-25', '2025-03-28', '2025-04-27', '2025-05-28']],
    ['L-30 * *', ['2025-01-01', '2025-03-01', '2025-05-01', '2025-07-01', '2025-08-01']],
    ['1,15,L 2 *', ['2025-02-01', '2025-02-15', '2025-02-28', '2026-02-01', '2026-02-15']],
    ['LW * *', ['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30', '2025-05-30']],
    ['LW 2-11/3 *', ['2025-02-28', '2025-05-30', '2025-08-29', '2025-11-28', '2026-02-27']],
    ['15W * *', ['2025-01-15', '2025-02-14', '2025-03-14', '2025-04-15', '2025-05-15']],
    ['31W * *', ['2025-01-31', '2025-03-31', '2025-05-30', '2025-07-31', '2025-08-29']],
    ['29-2 * *', ['2025-01-01', '2025-01-02', '2025-01-29', '2025-01-30', '2025-01-31']],
    ['1 NOV-FEB/3 *', ['2025-02-01', '2025-11-01', '2026-02-01', '2026-11-01', '2027-02-01']],
    ['? * FRI-MON', ['2025-01-03', '2025-01-04', '2025-01-05', '2025-01-06', '2025-01-10']],
    ['* * 7-1', ['2025-01-05', '2025-01-06', '2025-01-12', '2025-01-13', '2025-01-19']],
    ['* * 7-7', ['2025-01-05', '2025-01-12', '2025-01-19', '2025-01-26', '2025-02-02']],
    ['* * 7-0', ['2025-01-05', '2025-01-12', '2025-01-19', '2025-01-26', '2025-02-02']],
    ['* * 7-3/2', ['2025-01-05', '2025-01-07', '2025-01-12', '2025-01-14', '2025-01-19']],
    ['* * 0-7', ['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-04', '2025-01-05']],
    ['* * 7L', ['2025-01-26', '2025-02-23', '2025-03-30', '2025-04-27', '2025-05-25']],
    ['* * mon#1,fri#l', ['2025-01-06', '2025-01-31', '2025-02-03', '2025-02-28', '2025-03-03']],
    ['* * MON-WED#5', ['2025-01-29', '2025-03-31', '2025-04-29', '2025-04-30', '2025-06-30']],
    ['1-7 * +MON', ['2025-01-06', '2025-02-03', '2025-03-03', '2025-04-07', '2025-05-05']],
    ['* * +MON', ['2025-01-06', '2025-01-13', '2025-01-20', '2025-01-27', '2025-02-03']],
    ['1 * +?', ['2025-01-01', '2025-02-01', '2025-03-01', '2025-04-01', '2025-05-01']],
    ['29 2 +MON', ['2044-02-29', '2072-02-29', '2112-02-29', '2140-02-29', '2168-02-29']],
  ])('%s', (expression, expected) => {
    expect(days(expression)).toEqual(expected);
  });

  test('a leap day is left out in 2100', () => {
    expect(days('29 2 *', '2096-01-01T00:00:00Z').slice(0, 2)).toEqual(['2096-02-29', '2104-02-29']);
  });
});

describe('times', () => {
  test.each([
    ['50-10/10 4 * * *', ['04:00', '04:10', '04:50']],
    ['0 22-4/3 * * *', ['01:00', '04:00', '22:00']],
    ['58/1 23 * * *', ['23:58', '23:59']],
    ['30,0 59 23 * * *', ['23:59', '23:59:30']],
    ['5-5/7 3 * * *', ['03:05']],
    ['1,2,3-4,*/30 3 * * *', ['03:00', '03:01', '03:02', '03:03', '03:04', '03:30']],
  ])('%s', (expression, expected) => {
    const found = nexts(expression, 'UTC', '2024-12-31T23:59:59Z', 9);
    expect(found.filter((text) => text.startsWith('2025-01-01')).map((text) => text.slice(11))).toEqual(
      expected,
    );
  });
});

describe('where clocks change', () => {
  test.each([
    // A minute that starts with * follows real time, whatever the hour.
    ['*/30 2 * * *', 'Europe/Berlin', '2025-03-29T12:00:00Z', ['2025-03-31 00:00', '2025-03-31 00:30']],
    [
      '*/30 2 * * *',
      'Europe/Berlin',
      '2025-10-25T12:00:00Z',
      ['2025-10-26 00:00', '2025-10-26 00:30', '2025-10-26 01:00', '2025-10-26 01:30', '2025-10-27 01:00'],
    ],
    // All of a gap comes once, together with what comes right after it.
    [
      '0,15 0 2-3 * * *',
      'Europe/Berlin',
      '2025-03-29T12:00:00Z',
      ['2025-03-30 01:00', '2025-03-30 01:00:15', '2025-03-31 00:00'],
    ],
    [
      '* 30 2 * * *',
      'Europe/Berlin',
      '2025-03-29T12:00:00Z',
      ['2025-03-30 01:00', '2025-03-31 00:30', '2025-03-31 00:30:01'],
    ],
    ['0-59 0-23 * * *', 'Europe/Berlin', '2025-10-26T00:59:00Z', ['2025-10-26 02:00', '2025-10-26 02:01']],
    // From within the gap's last second, and from the second pass.
    ['30 2 * * *', 'Europe/Berlin', '2025-03-30T00:59:59.999Z', ['2025-03-30 01:00', '2025-03-31 00:30']],
    ['30 2 * * *', 'Europe/Berlin', '2025-03-30T01:00:00Z', ['2025-03-31 00:30']],
    ['45 2 * * *', 'Europe/Berlin', '2025-10-26T01:30:00Z', ['2025-10-27 01:45']],
    // At midnight.
    ['30 0 * * *', 'Asia/Beirut', '2025-03-29T12:00:00Z', ['2025-03-29 22:00', '2025-03-30 21:30']],
    ['0 0 * * SUN', 'America/Sao_Paulo', '2018-11-03T12:00:00Z', ['2018-11-04 03:00', '2018-11-11 02:00']],
    ['59 23 * * *', 'America/Sao_Paulo', '2018-11-03T12:00:00Z', ['2018-11-04 02:59', '2018-11-05 01:59']],
    // Three hours are a date left out, less are clocks put forward.
    ['0 9 * * *', 'Antarctica/Casey', '2009-10-17T00:00:00Z', ['2009-10-17 01:00', '2009-10-17 22:00']],
    ['0 3 18 10 *', 'Antarctica/Casey', '2009-10-01T00:00:00Z', ['2010-10-17 19:00', '2011-10-17 19:00']],
    ['0 0 31 12 *', 'Pacific/Apia', '2011-12-01T00:00:00Z', ['2011-12-30 10:00', '2012-12-30 10:00']],
    ['0 0 21 8 *', 'Pacific/Kwajalein', '1993-08-01T00:00:00Z', ['1994-08-20 12:00']],
    // A day that came twice.
    ['0 12 30 9 *', 'Pacific/Kwajalein', '1969-09-01T00:00:00Z', ['1969-09-30 01:00', '1970-10-01 00:00']],
    // No summer time at all.
    ['45 23 * * *', 'Asia/Pyongyang', '2018-05-04T00:00:00Z', ['2018-05-04 15:00', '2018-05-05 14:45']],
    ['30 4 * * *', 'Europe/Dublin', '2025-10-25T12:00:00Z', ['2025-10-26 04:30', '2025-10-27 04:30']],
  ])('%s in %s after %s', (expression, zone, from, expected) => {
    expect(nexts(expression, zone, from, expected.length)).toEqual(expected);
  });
});

describe('the years', () => {
  test('end with 9999 in UTC', () => {
    const daily = parseCron('0 0 * * *', 'Pacific/Kiritimati');
    expect(daily.next(at('9999-12-30T12:00:00Z'))).toBe(at('9999-12-31T10:00:00Z'));
    expect(daily.next(at('9999-12-31T10:00:00Z'))).toBeNull();
    expect(parseCron('* * * * * *', 'UTC').next(at('9999-12-31T23:59:59Z'))).toBeNull();
    expect(parseCron('* * * * *', 'UTC').next(Infinity)).toBeNull();
    expect(parseCron('* * * * *', 'UTC').next(Number.NaN)).toBeNull();
  });

  test('begin with 1', () => {
    expect(parseCron('0 0 1 1 *', 'UTC').next(-Infinity)).toBe(at('0001-01-01T00:00:00Z'));
    expect(parseCron('0 12 29 2 *', 'America/New_York').next(at('0001-01-01T00:00:00Z'))).toBe(
      at('0004-02-29T16:56:02Z'),
    );
  });
});

test.each([
  '0 0 30 2 *',
  '0 0 31 4,6,9,11 *',
  '0 0 31 * +MON#1',
  '0 0 29 2 +MON#4',
  '0 0 L-30 2,4 *',
  '0 0 30W 2 *',
])('%s never comes, from whenever', (expression) => {
  const recurrence = parseCron(expression, 'America/New_York');
  for (const from of [
    '0001-06-01T00:00:00Z',
    '2025-01-01T00:00:00Z',
    '2025-11-02T05:30:00Z',
    '9999-01-01T00:00:00Z',
  ]) {
    expect(recurrence.next(at(from))).toBeNull();
  }
});

test('what never comes is looked for through 400 years of months, and what comes no further than that', () => {
  const looks = (expression: string) => {
    let count = 0;
    const found = wallClockFrom(wallClockRule(expression), at('2025-01-01T00:00:00Z'), () => (count += 1));
    return { found, count };
  };
  expect(looks('0 0 31 * +MON#1')).toEqual({ found: null, count: 4_801 });
  expect(looks('0 0 29 2 +MON#5')).toEqual({ found: at('2044-02-29T00:00:00Z'), count: 230 });
  expect(looks('59 59 23 31 12 *')).toEqual({ found: at('2025-12-31T23:59:59Z'), count: 12 });
});

describe('what is remembered', () => {
  afterEach(() => useOffsets());

  test('a rule is read once', () => {
    expect(parseCron('1 2 3 4 *', 'UTC')).toBe(parseCron('1 2 3 4 *', 'UTC'));
    expect(parseCron('1 2 3 4 *', 'UTC')).not.toBe(parseCron('1 2 3 4 *', 'Europe/Berlin'));
  });

  test('an answer is given again only between what was asked and itself', () => {
    const noon = parseCron('0 12 * * *', 'UTC');
    expect(noon.next(at('2025-01-01T11:59:59Z'))).toBe(at('2025-01-01T12:00:00Z'));
    expect(noon.next(at('2025-01-01T12:00:00Z'))).toBe(at('2025-01-02T12:00:00Z'));
    expect(noon.next(at('2025-01-01T11:59:59.999Z'))).toBe(at('2025-01-01T12:00:00Z'));
    expect(noon.next(at('2024-12-31T11:00:00Z'))).toBe(at('2024-12-31T12:00:00Z'));
    const last = parseCron('0 0 31 12 *', 'UTC');
    expect(last.next(at('9999-12-31T00:00:00Z'))).toBeNull();
    expect(last.next(at('9999-12-30T23:59:59Z'))).toBe(at('9999-12-31T00:00:00Z'));
  });

  test('is forgotten with the offsets of the zones', () => {
    expect(nexts('0 9 * * *', 'Europe/Berlin', '2025-01-01T00:00:00Z', 1)).toEqual(['2025-01-01 08:00']);
    useOffsets(() => 3_600_000 * 3);
    expect(nexts('0 9 * * *', 'Europe/Berlin', '2025-01-01T00:00:00Z', 1)).toEqual(['2025-01-01 06:00']);
  });
});
