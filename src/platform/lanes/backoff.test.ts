import { expect, test } from 'vitest';

import { backoffMs } from './backoff.ts';

test('doubles from half a second to five minutes', () => {
  const waits = Array.from({ length: 12 }, (_, index) => backoffMs(index + 1, () => 0.5));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 256000, 300000, 300000]);
});

test('is a fifth more or less, so that what failed together is not tried again together', () => {
  expect(backoffMs(1, () => 0)).toBe(400);
  expect(backoffMs(1, () => 1)).toBe(600);
});
