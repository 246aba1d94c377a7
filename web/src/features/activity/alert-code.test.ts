import { expect, test } from 'vitest';
import { alertCodeOf } from './alert-code.ts';

test('what was raised has its code, all else has none', () => {
  expect(alertCodeOf({ type: 'alert.raised', metadata: { code: 'clock_off' } })).toBe('clock_off');
  expect(alertCodeOf({ type: 'alert.raised', metadata: null })).toBeUndefined();
  expect(alertCodeOf({ type: 'alert.raised', metadata: { code: 1 } })).toBeUndefined();
  expect(alertCodeOf({ type: 'alert.cleared', metadata: { code: 'clock_off' } })).toBeUndefined();
});
