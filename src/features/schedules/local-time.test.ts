import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';

import { seededRandom } from '#test/seeded-random.ts';
import { instantOfLocalTime, localTimeOf } from './local-time.ts';

test.each([
  ['Europe/Berlin', '2026-12-01T09:00', '2026-12-01T08:00:00.000Z', 'ordinary'],
  ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z', 'in the gap: the offset before it'],
  ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', 'in the overlap: the first pass'],
  ['America/New_York', '2007-03-11T02:30', '2007-03-11T07:30:00.000Z', 'RFC 5545 3.3.5'],
  ['Australia/Lord_Howe', '2025-10-05T02:15', '2025-10-04T15:45:00.000Z', 'a gap of half an hour'],
])('%s %s is %s (%s)', (timezone, local, expected) => {
  expect(instantOfLocalTime(local, timezone).toISOString()).toBe(expected);
});

test('ends with the year 9999 in UTC', () => {
  expect(instantOfLocalTime('9999-12-31T18:59', 'America/New_York').toISOString()).toBe(
    '9999-12-31T23:59:00.000Z',
  );
  expect(() => instantOfLocalTime('9999-12-31T19:00', 'America/New_York')).toThrow(
    expect.objectContaining({ kind: 'invalid', problems: [expect.objectContaining({ path: 'local_time' })] }),
  );
});

test('shows the offset and the zone', () => {
  expect(localTimeOf(new Date('2026-12-01T08:00:00.400Z'), 'Europe/Berlin')).toBe(
    '2026-12-01T09:00:00+01:00[Europe/Berlin]',
  );
});

test('is right on both sides of a change that is not on the hour, in whatever order it is asked', () => {
  // St. John's went from -03:30 to -02:30 one minute after midnight.
  const change = Date.parse('2010-03-14T03:31:00Z');
  for (const [ms, expected] of [
    [change - 1_000, '2010-03-14T00:00:59-03:30'],
    [change, '2010-03-14T01:01:00-02:30'],
    [change - 59_000, '2010-03-14T00:00:01-03:30'],
    [change + 14 * 60_000, '2010-03-14T01:15:00-02:30'],
    [change + 59_999, '2010-03-14T01:01:59-02:30'],
  ] as const) {
    expect(localTimeOf(new Date(ms), 'America/St_Johns')).toBe(`${expected}[America/St_Johns]`);
  }
});

test.each([
  ['1971-06-01T12:00:00Z', '1971-06-01T11:15:30'],
  ['1971-06-01T12:00:30Z', '1971-06-01T11:16:00'],
  ['1971-06-01T12:00:59Z', '1971-06-01T11:16:29'],
])('is right where an offset was no whole minute: %s', (instant, expected) => {
  expect(localTimeOf(new Date(instant), 'Africa/Monrovia').slice(0, 19)).toBe(expected);
});

test.each(['2026-02-30T09:00', '2026-12-01T24:00', '2026-12-01T09:00Z', 'tomorrow'])(
  '%s is not on the calendar',
  (local) => {
    expect(() => instantOfLocalTime(local, 'Europe/Berlin')).toThrow(RangeError);
  },
);

test('is what Temporal says', () => {
  const random = seededRandom();
  const zones = Intl.supportedValuesOf('timeZone');
  for (let draw = 0; draw < 200; draw += 1) {
    const zone = zones[random.between(0, zones.length)]!;
    const [from, to] = draw % 2 === 0 ? ['0001-01-03', '9999-12-29'] : ['1970-01-01', '2050-01-01'];
    const instant = new Date(random.between(Date.parse(from), Date.parse(to)));
    const zoned = Temporal.Instant.from(instant.toISOString()).toZonedDateTimeISO(zone);
    const seconds = { smallestUnit: 'second', roundingMode: 'floor' } as const;
    expect(localTimeOf(instant, zone)).toBe(zoned.toString(seconds));
    const local = zoned.toPlainDateTime().toString({ smallestUnit: 'minute' });
    const there = Temporal.PlainDateTime.from(local).toZonedDateTime(zone);
    expect(instantOfLocalTime(local, zone).getTime()).toBe(there.epochMilliseconds);
  }
});
