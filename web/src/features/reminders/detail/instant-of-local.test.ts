import { expect, test } from 'vitest';
import { instantOfLocal } from './instant-of-local.ts';

test('a local time has its instant in it', () => {
  expect(instantOfLocal('2026-12-01T09:00:00+01:00[Europe/Berlin]')).toBe('2026-12-01T08:00:00.000Z');
  expect(instantOfLocal('2026-12-01T09:00:00+00:00[UTC]')).toBe('2026-12-01T09:00:00.000Z');
});
