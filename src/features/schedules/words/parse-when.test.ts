import { describe, expect, test } from 'vitest';
import { parseWhen } from './parse-when.ts';

function instant(text: string, now: string, timezone: string): string {
  const result = parseWhen(text, { now: new Date(now), timezone });
  return result.kind === 'one_time' ? result.trigger_at.toISOString() : result.kind;
}

test('a text of any length is answered soon', () => {
  const context = { now: new Date('2026-11-18T13:05:00Z'), timezone: 'UTC' };
  // The processor's time, not the clock's: the machine may be busy with other things.
  const before = process.cpuUsage();
  for (const word of [
    'one hundred twenty ',
    'in 5 minutes and ',
    'every ',
    '1:',
    '"',
    'по понедельникам и ',
  ]) {
    parseWhen(word.repeat(300), context);
    expect(parseWhen(word.repeat(10_000), context).kind).toMatch(/unclear|none/);
  }
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
});

describe('clock changes', () => {
  // Berlin: 2027-03-28 02:00 → 03:00, 2026-10-25 03:00 → 02:00
  test.each([
    [
      'a time in the gap keeps the offset before it',
      'tomorrow at 2:30',
      '2027-03-27T12:00:00Z',
      '2027-03-28T01:30:00.000Z',
    ],
    [
      'a time that comes twice is the first one',
      'tomorrow at 2:30',
      '2026-10-24T12:00:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    ['hours are exact over a gap', 'in 3 hours', '2027-03-28T00:00:00Z', '2027-03-28T03:00:00.000Z'],
    ['hours are exact over an overlap', 'через 3 часа', '2026-10-24T23:00:00Z', '2026-10-25T02:00:00.000Z'],
    ['days keep the wall clock', 'in 1 day', '2027-03-27T12:00:00Z', '2027-03-28T11:00:00.000Z'],
    ['weeks keep the wall clock', 'через неделю', '2026-10-20T12:00:00Z', '2026-10-27T13:00:00.000Z'],
    ['24 hours do not', 'in 24 hours', '2027-03-27T12:00:00Z', '2027-03-28T12:00:00.000Z'],
    ['the next 9:00 is after the change', 'at 9:00', '2027-03-27T20:00:00Z', '2027-03-28T07:00:00.000Z'],
  ])('%s', (_name, text, now, expected) => {
    expect(instant(text, now, 'Europe/Berlin')).toBe(expected);
  });

  test('the day is the one of the zone, not of UTC', () => {
    expect(instant('tomorrow at 9', '2026-11-18T23:30:00Z', 'Asia/Tokyo')).toBe('2026-11-20T00:00:00.000Z');
    expect(instant('tomorrow at 9', '2026-11-18T03:30:00Z', 'America/Los_Angeles')).toBe(
      '2026-11-18T17:00:00.000Z',
    );
  });

  test('milliseconds of the receipt are kept by spans and dropped by times', () => {
    expect(instant('in 10 seconds', '2026-11-18T13:05:00.250Z', 'UTC')).toBe('2026-11-18T13:05:10.250Z');
    expect(instant('at 18:30', '2026-11-18T13:05:00.250Z', 'UTC')).toBe('2026-11-18T18:30:00.000Z');
  });

  test('29 February is the next one there is', () => {
    expect(instant('on 29 February at 10', '2026-11-18T13:05:00Z', 'UTC')).toBe('2028-02-29T10:00:00.000Z');
  });
});
