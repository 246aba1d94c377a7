import { expect, test } from 'vitest';
import { argumentRows, beginning, visible } from './argument-rows.ts';

test('each argument is a row, as it is', () => {
  expect(argumentRows({ url: 'https://example.test', count: 3, on: false, none: null })).toEqual([
    { name: 'url', text: 'https://example.test', isLong: false },
    { name: 'count', text: '3', isLong: false },
    { name: 'on', text: 'false', isLong: false },
    { name: 'none', text: 'null', isLong: false },
  ]);
  expect(argumentRows({})).toEqual([]);
});

test('what has no names is one row', () => {
  expect(argumentRows('hello')).toEqual([{ name: '', text: 'hello', isLong: false }]);
  expect(argumentRows([1])[0]?.text).toBe('[\n  1\n]');
});

test('long texts are folded: by their length, and by their lines', () => {
  const [long, lines, short] = argumentRows({ a: 'x'.repeat(241), b: '1\n2\n3\n4\n5', c: 'x'.repeat(240) });
  expect([long?.isLong, lines?.isLong, short?.isLong]).toEqual([true, true, false]);
  expect(beginning(long!)).toBe(`${'x'.repeat(240)}…`);
  expect(beginning(lines!)).toBe('1\n2\n3\n4…');
});

test('what could not be seen is named; what is usual stays', () => {
  expect(visible('pay \u202Egnp.exe')).toBe('pay ⟨U+202E⟩gnp.exe');
  expect(visible('a\u200Bb\u0000')).toBe('a⟨U+200B⟩b⟨U+0000⟩');
  expect(visible('Привет,\n\tWelt 👋')).toBe('Привет,\n\tWelt 👋');
  expect(argumentRows({ 'na\u202Eme': 1 })[0]?.name).toBe('na⟨U+202E⟩me');
});
