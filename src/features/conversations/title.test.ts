import { expect, test } from 'vitest';
import { titleFrom } from './title.ts';

test.each([
  ['Buy milk', 'Buy milk'],
  ['  Two\n lines\tand  spaces ', 'Two lines and spaces'],
  ['x'.repeat(80), 'x'.repeat(80)],
  [`${'word '.repeat(15)}12345 more`, `${'word '.repeat(15)}12345`],
  [`${'word '.repeat(15)}123456 more`, 'word '.repeat(15).trim()],
  // No space to cut at, or none but near the beginning.
  ['я'.repeat(200), 'я'.repeat(80)],
  [`看 ${'我'.repeat(200)}`, `看 ${'我'.repeat(78)}`],
  [`${'x'.repeat(79)}🙂`, 'x'.repeat(79)],
])('%j is called %j', (text, title) => {
  expect(titleFrom(text)).toBe(title);
});
