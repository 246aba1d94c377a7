import { expect, test } from 'vitest';
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
