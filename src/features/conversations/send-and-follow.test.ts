import { expect, test } from 'vitest';
import { restOf } from './send-and-follow.ts';

test('what is missing at the end is said, and an answer that was begun anew is said whole', () => {
  expect(restOf('', 'Hello')).toBe('Hello');
  expect(restOf('Hel', 'Hello')).toBe('lo');
  expect(restOf('Hello', 'Hello')).toBe('');
  expect(restOf('Hi th', 'Hello')).toBe('\n\nHello');
  expect(restOf(' ', 'Hello')).toBe('Hello');
});
