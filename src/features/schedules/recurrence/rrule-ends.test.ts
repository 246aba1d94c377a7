import { describe, expect, test } from 'vitest';

import { parseRrule } from './rrule.ts';

function all(text: string, zone = 'UTC'): string[] {
  const recurrence = parseRrule(text, zone, Date.parse('2026-01-01T09:00:00Z'));
  const found: string[] = [];
  for (let next = recurrence.next(-1e14); next !== null && found.length < 50; next = recurrence.next(next)) {
    found.push(new Date(next).toISOString().slice(5, 16));
  }
  return found;
}

describe('COUNT', () => {
  test('counts from the start wherever it is asked first, and again after that', () => {
    for (const freq of ['DAILY', 'HOURLY']) {
      const text = `FREQ=${freq};COUNT=3`;
      const start = Date.parse('2026-01-01T09:00:00Z');
      const step = freq === 'DAILY' ? 86_400_000 : 3_600_000;
      const recurrence = parseRrule(text, 'UTC', start);
      expect(recurrence.next(start + 2 * step)).toBeNull();
      expect(recurrence.next(start + 2 * step - 1)).toBe(start + 2 * step);
      expect(recurrence.next(start - 1)).toBe(start);
      expect(recurrence.next(start + 9_000 * step)).toBeNull();
    }
  });

  test('counts an hour that comes twice as two', () => {
    const text = 'DTSTART:20261025T010000\nRRULE:FREQ=HOURLY;COUNT=4';
    expect(all(text, 'Europe/Berlin')).toEqual(['10-24T23:00', '10-25T00:00', '10-25T01:00', '10-25T02:00']);
  });

  test('counts only what matches, the start like any other', () => {
    expect(all('DTSTART:20260101T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2')).toEqual([
      '01-05T09:00',
      '01-12T09:00',
    ]);
  });

  test('counts what is taken out, and not what is added', () => {
    const text =
      'DTSTART:20260101T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260102T090000\nRDATE:20260601T100000,20260101T090000';
    expect(all(text)).toEqual(['01-01T09:00', '01-03T09:00', '06-01T10:00']);
  });
});

describe('UNTIL', () => {
  test.each([
    ['20260103T090000Z', 'UTC', 3],
    ['20260103T085959Z', 'UTC', 2],
    ['20260103T090000', 'Europe/Berlin', 3],
    ['20260103T080000Z', 'Europe/Berlin', 3],
    ['20260103T075959Z', 'Europe/Berlin', 2],
    ['20260103', 'Europe/Berlin', 3],
    ['20260103', 'Pacific/Kiritimati', 3],
    ['20251231T000000Z', 'UTC', 0],
  ])('%s in %s', (until, zone, count) => {
    expect(all(`DTSTART:20260101T090000\nRRULE:FREQ=DAILY;UNTIL=${until}`, zone)).toHaveLength(count);
  });

  test('of a day has its last second, also where its midnight comes twice or not at all', () => {
    // Sao Paulo's clocks went back from midnight to 23:00 on 17 February, and forward at midnight of 4 November.
    const last = (day: string) =>
      all(`DTSTART:${day}T210000\nRRULE:FREQ=HOURLY;UNTIL=${day}`, 'America/Sao_Paulo');
    expect(last('20180217')).toEqual(['02-17T23:00', '02-18T00:00', '02-18T01:00', '02-18T02:00']);
    expect(last('20181103')).toEqual(['11-04T00:00', '11-04T01:00', '11-04T02:00']);
  });
});

describe('dates', () => {
  test('taken out: an instant, however it is written', () => {
    const text = (exdate: string) =>
      `DTSTART;TZID=Europe/Berlin:20260101T090000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE${exdate}`;
    for (const exdate of [
      ':20260102T090000',
      ':20260102T080000Z',
      ';TZID=America/New_York:20260102T030000',
      ':20250101T000000,20260102T090000',
    ]) {
      expect(all(text(exdate), 'Asia/Tokyo')).toEqual(['01-01T08:00']);
    }
    expect(all(text(':20260102T090001'), 'Asia/Tokyo')).toHaveLength(2);
  });

  test('taken out: all of a day', () => {
    const text =
      'DTSTART:20260101T000000\nRRULE:FREQ=SECONDLY;COUNT=172802\nEXDATE;VALUE=DATE:20260102\nRDATE:20260102T120000';
    const recurrence = parseRrule(text, 'Europe/Berlin', 0);
    expect(recurrence.next(Date.parse('2026-01-01T22:59:59Z'))).toBe(Date.parse('2026-01-02T23:00:00Z'));
    expect(recurrence.next(Date.parse('2026-01-02T23:00:00Z'))).toBe(Date.parse('2026-01-02T23:00:01Z'));
    expect(recurrence.next(Date.parse('2026-01-02T23:00:01Z'))).toBeNull();
  });

  test('added: before the start, after the end, and twice the same', () => {
    const text =
      'DTSTART:20260101T090000\nRRULE:FREQ=DAILY;COUNT=1\nRDATE:20270101T090000,20250101T090000\n' +
      'RDATE;VALUE=DATE:20270101\nRDATE:20270101T090000Z,20280101T090000\nEXDATE:20280101T090000';
    expect(all(text)).toEqual(['01-01T09:00', '01-01T09:00', '01-01T00:00', '01-01T09:00']);
  });
});

test('nothing comes after the year 9999, by the clock or in UTC', () => {
  const daily = parseRrule('DTSTART:20260101T200000\nRRULE:FREQ=DAILY', 'America/New_York', 0);
  expect(daily.next(Date.parse('9999-12-30T12:00:00Z'))).toBe(Date.parse('9999-12-31T01:00:00Z'));
  expect(daily.next(Date.parse('9999-12-31T01:00:00Z'))).toBeNull();
  const hourly = parseRrule('DTSTART:20260101T200000\nRRULE:FREQ=HOURLY', 'Asia/Tokyo', 0);
  expect(hourly.next(Date.parse('9999-12-31T14:00:00Z'))).toBeNull();
});
