import { expect, test } from 'vitest';
import { uptime } from './status.ts';

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [61, '1 min 1 s'],
  [3_600, '1 h'],
  [7_265, '2 h 1 min'],
  [86_400 * 3 + 3_600 * 4 + 59, '3 d 4 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(uptime(seconds)).toBe(text);
});
