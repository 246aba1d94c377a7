import { expect, test } from 'vitest';
import { z } from 'zod';

import { listOf } from './list-of.ts';

const colours = listOf(z.enum(['red', 'green', 'blue']));

test.each([
  ['red', ['red']],
  ['blue,red', ['red', 'blue']],
  ['red,red', ['red']],
])('%s', (text, values) => {
  expect(colours.parse(text)).toEqual(values);
});

test.each(['', 'red,', 'pink', 'red,pink', 'red, green'])('refuses "%s"', (text) => {
  expect(colours.safeParse(text).success).toBe(false);
});
