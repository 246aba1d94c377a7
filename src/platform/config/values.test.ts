import { describe, expect, test } from 'vitest';
import { booleanValue, durationValue, httpUrlValue, integerValue, listValue, portValue } from './values.ts';

const accepts = (schema: typeof booleanValue | typeof portValue | typeof httpUrlValue, text: string) =>
  schema.safeParse(text).success;

test.each([
  ['true', true],
  ['TRUE', true],
  ['Yes', true],
  ['1', true],
  ['False', false],
  ['NO', false],
  ['0', false],
])('boolean %s is %s', (text, value) => {
  expect(booleanValue.parse(text)).toBe(value);
});

test.each(['on', '2', 'constructor', 'truee'])('boolean %s is refused', (text) => {
  expect(accepts(booleanValue, text)).toBe(false);
});

describe('whole numbers', () => {
  test.each(['0', '8000', '65535'])('port %s', (text) => {
    expect(portValue.parse(text)).toBe(Number(text));
  });
  test.each(['-1', '65536', '80a', '1e3', '0x50', '8.5', ' '])('no port: %j', (text) => {
    expect(accepts(portValue, text)).toBe(false);
  });
  test('limits are included', () => {
    expect(integerValue(-2, 2).parse('-2')).toBe(-2);
  });
});

test.each([
  ['500ms', 500],
  ['10s', 10_000],
  ['1.5h', 5_400_000],
  ['30 D', 2_592_000_000],
])('duration %s is %i ms', (text, value) => {
  expect(durationValue.parse(text)).toBe(value);
});

test.each(['10', 's', '-5s', '1w', '1h30m'])('duration %s is refused', (text) => {
  expect(durationValue.safeParse(text).success).toBe(false);
});

test('an address loses the slashes at its end', () => {
  expect(httpUrlValue.parse('https://example.org/base//')).toBe('https://example.org/base');
  expect(accepts(httpUrlValue, 'ftp://example.org')).toBe(false);
  expect(accepts(httpUrlValue, 'example.org')).toBe(false);
});

test('a list has its words trimmed', () => {
  expect(listValue.parse(' a, b,,c ')).toEqual(['a', 'b', 'c']);
});
