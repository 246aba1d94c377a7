import { describe, expect, test } from 'vitest';
import { id, instant, localDateTime, text, timezoneName } from './fields.ts';

test('an id is a UUID of any version, in lower case', () => {
  expect(id.parse('11111111-1111-1111-1111-11111111111A')).toBe('11111111-1111-1111-1111-11111111111a');
  for (const bad of ['', '1', '11111111111111111111111111111111', '11111111-1111-1111-1111-11111111111g']) {
    expect(id.safeParse(bad).success).toBe(false);
  }
});

describe('instant', () => {
  test.each([
    ['2026-12-01T08:00:00Z', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T09:00:00+01:00', '2026-12-01T08:00:00.000Z'],
    ['2028-02-29T00:00:00.123456Z', '2028-02-29T00:00:00.123Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ])('%s', (given, utc) => {
    expect(instant.parse(given).toISOString()).toBe(utc);
  });

  test.each([
    '2026-12-01T08:00:00',
    '2026-12-01',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-12-01T24:00:00Z',
    '2026-12-01T08:00:00+24:00',
    '1970-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-01:00',
    '+010000-01-01T00:00:00Z',
    'now',
    '',
  ])('not %j', (given) => {
    expect(instant.safeParse(given).success).toBe(false);
  });
});

describe('localDateTime', () => {
  test.each([
    ['2026-12-01T09:00', '2026-12-01T09:00:00'],
    ['2026-12-01 09:00:30', '2026-12-01T09:00:30'],
  ])('%s', (given, normal) => {
    expect(localDateTime.parse(given)).toBe(normal);
  });

  test.each([
    '2026-02-30T09:00',
    '2026-12-01T24:00',
    '2026-12-01T09:60',
    '2026-12-01T09:00Z',
    '2026-12-01',
    '1969-12-31T23:59',
    '',
  ])('not %j', (given) => {
    expect(localDateTime.safeParse(given).success).toBe(false);
  });
});

describe('timezoneName', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['utc', 'UTC'],
    // Newer names that Node knows under older ones stay as they are.
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
  ])('%s', (given, name) => {
    expect(timezoneName.parse(given)).toBe(name);
    expect(timezoneName.parse(given)).toBe(name);
  });

  test.each(['+02:00', 'Mars/Olympus', '', 'Europe/Berlin ', '../etc'])('not %j', (given) => {
    expect(timezoneName.safeParse(given).success).toBe(false);
  });
});

test('text is trimmed, says something, fits, and can be stored', () => {
  expect(text(5).parse('  tea\n')).toBe('tea');
  expect(text(5).parse('tea🍵')).toBe('tea🍵');
  for (const bad of ['', '   ', 'coffee', 'a\0b', 'a\ud800'])
    expect(text(5).safeParse(bad).success).toBe(false);
});
