import { describe, expect, test } from 'vitest';

import { parseRrule } from './rrule.ts';

/** Local times with their offsets, from the first strictly after `from`. */
function after(text: string, zone: string, from: string, count: number): string[] {
  const recurrence = parseRrule(text, zone, Date.parse('2000-01-01T00:00:00Z'));
  const found: string[] = [];
  let next = recurrence.next(Date.parse(from));
  for (; next !== null && found.length < count; next = recurrence.next(next)) {
    const local = new Date(next).toLocaleString('sv', { timeZone: zone, timeZoneName: 'longOffset' });
    found.push(local.slice(5).replace(':00 GMT', ' ').replace('−', '-'));
  }
  return found;
}

describe('days and more: wall-clock times', () => {
  test.each([
    [
      'Europe/Berlin',
      '20260101T023000',
      '2026-03-28',
      '03-28 02:30 +01:00, 03-29 03:30 +02:00, 03-30 02:30 +02:00',
    ],
    ['America/New_York', '20260101T023000', '2026-03-07T12:00Z', '03-08 03:30 -04:00, 03-09 02:30 -04:00'],
    ['Australia/Lord_Howe', '20260101T021500', '2026-10-03T12:00Z', '10-04 02:45 +11:00, 10-05 02:15 +11:00'],
    ['America/Sao_Paulo', '20180101T003000', '2018-11-03T12:00Z', '11-04 01:30 -02:00, 11-05 00:30 -02:00'],
    ['Pacific/Apia', '20110101T120000', '2011-12-29T22:00:01Z', '12-31 12:00 +14:00, 01-01 12:00 +14:00'],
  ])('in a gap of %s: as late as by the offset before it', (zone, dtstart, from, expected) => {
    const text = `DTSTART:${dtstart}\nRRULE:FREQ=DAILY`;
    expect(after(text, zone, from, expected.split(', ').length)).toEqual(expected.split(', '));
  });

  test.each([
    ['Europe/Berlin', '20260101T023000', '2026-10-24T12:00Z', '10-25 02:30 +02:00, 10-26 02:30 +01:00'],
    ['America/New_York', '20260101T013000', '2026-10-31T12:00Z', '11-01 01:30 -04:00, 11-02 01:30 -05:00'],
    ['Australia/Lord_Howe', '20260101T014500', '2026-04-04T12:00Z', '04-05 01:45 +11:00, 04-06 01:45 +10:30'],
    ['America/Sao_Paulo', '20180101T233000', '2018-02-17T12:00Z', '02-17 23:30 -02:00, 02-18 23:30 -03:00'],
  ])('in an overlap of %s: the first pass', (zone, dtstart, from, expected) => {
    const text = `DTSTART:${dtstart}\nRRULE:FREQ=DAILY`;
    expect(after(text, zone, from, 2)).toEqual(expected.split(', '));
  });

  test('times that fall together in a gap are one, and they are in order', () => {
    const text = 'DTSTART:20260101T000000\nRRULE:FREQ=DAILY;BYHOUR=2,3;BYMINUTE=10,40';
    expect(after(text, 'Europe/Berlin', '2026-03-28T12:00Z', 3)).toEqual([
      '03-29 03:10 +02:00',
      '03-29 03:40 +02:00',
      '03-30 02:10 +02:00',
    ]);
    const mixed = 'DTSTART:20260101T023000\nRRULE:FREQ=DAILY\nRDATE:20260329T031500,20260329T034500';
    expect(after(mixed, 'Europe/Berlin', '2026-03-28T12:00Z', 3)).toEqual([
      '03-29 03:15 +02:00',
      '03-29 03:30 +02:00',
      '03-29 03:45 +02:00',
    ]);
    // 02:40 comes as 03:40, after the 03:00 and 03:20 that are later on the clock.
    const crossing =
      'DTSTART:20260101T000000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=29;BYHOUR=2,3;BYMINUTE=0,40;BYSETPOS=2,3';
    expect(after(crossing, 'Europe/Berlin', '2026-03-28T12:00Z', 2)).toEqual([
      '03-29 03:00 +02:00',
      '03-29 03:40 +02:00',
    ]);
  });
});

describe('hours and less: elapsed time, conditions of the wall clock', () => {
  test.each([
    ['Europe/Berlin', '2026-03-28T23:30Z', '01:00 +01:00, 03:00 +02:00, 04:00 +02:00'],
    ['Europe/Berlin', '2026-10-24T23:30Z', '02:00 +02:00, 02:00 +01:00, 03:00 +01:00'],
    ['America/New_York', '2026-03-08T05:30Z', '01:00 -05:00, 03:00 -04:00, 04:00 -04:00'],
    ['America/New_York', '2026-11-01T04:30Z', '01:00 -04:00, 01:00 -05:00, 02:00 -05:00'],
    ['America/Sao_Paulo', '2018-11-04T01:30Z', '23:00 -03:00, 01:00 -02:00, 02:00 -02:00'],
    ['America/Sao_Paulo', '2018-02-18T00:30Z', '23:00 -02:00, 23:00 -03:00, 00:00 -03:00'],
    ['Australia/Lord_Howe', '2026-10-03T14:00Z', '01:30 +10:30, 03:00 +11:00, 04:00 +11:00'],
    ['Australia/Lord_Howe', '2026-04-04T13:30Z', '01:00 +11:00, 01:30 +10:30, 02:30 +10:30'],
  ])('every hour in %s after %s', (zone, from, expected) => {
    const found = after('DTSTART:20160301T000000\nRRULE:FREQ=HOURLY', zone, from, 3);
    expect(found.map((local) => local.slice(6))).toEqual(expected.split(', '));
  });

  test('a minute that is named is one of the clock, in each hour there is', () => {
    const text = 'DTSTART:20260101T000000\nRRULE:FREQ=HOURLY;BYMINUTE=0,45';
    expect(after(text, 'Australia/Lord_Howe', '2026-10-03T15:00Z', 3)).toEqual([
      '10-04 01:45 +10:30',
      '10-04 02:45 +11:00',
      '10-04 03:00 +11:00',
    ]);
    expect(after(text, 'Australia/Lord_Howe', '2026-04-04T14:00Z', 4)).toEqual([
      '04-05 01:45 +11:00',
      '04-05 01:45 +10:30',
      '04-05 02:00 +10:30',
      '04-05 02:45 +10:30',
    ]);
  });

  test('every 6 hours go on by the clock an hour later after a gap', () => {
    expect(
      after('DTSTART:20260328T000000\nRRULE:FREQ=HOURLY;INTERVAL=6', 'Europe/Berlin', '2026-03-28T20:00Z', 3),
    ).toEqual(['03-29 00:00 +01:00', '03-29 07:00 +02:00', '03-29 13:00 +02:00']);
  });

  test('an hour that the gap skips does not come that day, and one that comes twice does', () => {
    const text = 'DTSTART:20260101T000000\nRRULE:FREQ=MINUTELY;INTERVAL=30;BYHOUR=2';
    expect(after(text, 'Europe/Berlin', '2026-03-28T12:00Z', 1)).toEqual(['03-30 02:00 +02:00']);
    expect(after(text, 'Europe/Berlin', '2026-10-24T12:00Z', 5)).toEqual([
      '10-25 02:00 +02:00',
      '10-25 02:30 +02:00',
      '10-25 02:00 +01:00',
      '10-25 02:30 +01:00',
      '10-26 02:00 +01:00',
    ]);
  });
});

describe('where a rule starts', () => {
  test('without DTSTART at the second it was made, in the zone', () => {
    const made = Date.parse('2026-11-21T08:00:00.700Z');
    const recurrence = parseRrule('FREQ=DAILY', 'Europe/Berlin', made);
    expect(recurrence.next(0)).toBe(Date.parse('2026-11-21T08:00:00Z'));
    expect(recurrence.next(made)).toBe(Date.parse('2026-11-22T08:00:00Z'));
    expect(recurrence.next(Date.parse('2026-11-21T07:59:59.999Z'))).toBe(Date.parse('2026-11-21T08:00:00Z'));
    expect(recurrence.next(Date.parse('2027-07-01T07:00:00Z'))).toBe(Date.parse('2027-07-02T07:00:00Z'));
  });

  test.each([
    ['DTSTART:20260701T090000', '07-01 09:00 +02:00, 07-02 09:00 +02:00'],
    ['DTSTART:20260701T090000Z', '07-01 11:00 +02:00, 07-02 11:00 +02:00'],
    ['DTSTART;TZID=America/New_York:20260701T090000', '07-01 15:00 +02:00, 07-02 15:00 +02:00'],
    ['DTSTART;VALUE=DATE:20260701', '07-01 00:00 +02:00, 07-02 00:00 +02:00'],
  ])('%s', (line, expected) => {
    expect(after(`${line}\nRRULE:FREQ=DAILY`, 'Europe/Berlin', '2020-01-01', 2)).toEqual(
      expected.split(', '),
    );
  });

  test('an instant is repeated as wall clock, a TZID by the clock there', () => {
    const utc = after(
      'DTSTART:20260701T090000Z\nRRULE:FREQ=MONTHLY;BYMONTH=12',
      'Europe/Berlin',
      '2026-10-01',
      1,
    );
    expect(utc).toEqual(['12-01 11:00 +01:00']);
    // On 25 October Berlin has left summer time and New York has not.
    const text = 'DTSTART;TZID=America/New_York:20260701T090000\nRRULE:FREQ=DAILY';
    expect(after(text, 'Europe/Berlin', '2026-10-25', 1)).toEqual(['10-25 14:00 +01:00']);
  });

  test('in a gap: first an hour later, then as it says', () => {
    const text = 'DTSTART:20260329T023000\nRRULE:FREQ=DAILY';
    expect(after(text, 'Europe/Berlin', '2020-01-01', 2)).toEqual([
      '03-29 03:30 +02:00',
      '03-30 02:30 +02:00',
    ]);
    const hours = 'DTSTART:20260329T023000\nRRULE:FREQ=HOURLY';
    expect(after(hours, 'Europe/Berlin', '2020-01-01', 2)).toEqual([
      '03-29 03:30 +02:00',
      '03-29 04:30 +02:00',
    ]);
  });

  test("in an overlap's second pass: the same time the next day, and not an hour before itself", () => {
    const made = Date.parse('2026-10-25T01:30:00Z');
    const recurrence = parseRrule('FREQ=DAILY', 'Europe/Berlin', made);
    expect(recurrence.next(0)).toBe(Date.parse('2026-10-26T01:30:00Z'));
    expect(recurrence.next(made)).toBe(Date.parse('2026-10-26T01:30:00Z'));
  });

  test('a zone that is not known is refused', () => {
    const text = 'DTSTART;TZID=Mars/Olympus:20260701T090000\nRRULE:FREQ=DAILY';
    expect(() => parseRrule(text, 'UTC', 0)).toThrow(
      'TZID "Mars/Olympus" is not a time zone that is known: as in Europe/Berlin.',
    );
    expect(() => parseRrule('FREQ=DAILY\nEXDATE;TZID=Mars/Olympus:20260701T090000', 'UTC', 0)).toThrow(
      'Mars/Olympus',
    );
  });
});
