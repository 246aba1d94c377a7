import { expect, test } from 'vitest';
import { hasWords } from './matching.ts';

test('all words count, in any order and case', () => {
  expect(hasWords('Call the Dentist', 'dent CALL')).toBe(true);
  expect(hasWords('Call the dentist', 'call mum')).toBe(false);
  expect(hasWords('Call the dentist', '  ')).toBe(true);
});
