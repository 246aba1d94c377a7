import { expect, test } from 'vitest';
import { shortCount, usd, wholeCount } from './amounts.ts';

test('amounts of money say as much as they can', () => {
  expect(usd(0, 'en')).toBe('$0.00');
  expect(usd(0.00123, 'en')).toBe('$0.0012');
  expect(usd(0.0954, 'en')).toBe('$0.095');
  expect(usd(1.3, 'en')).toBe('$1.30');
  expect(usd(1234.5, 'en')).toBe('$1,234.50');
});

test('counts are short or whole', () => {
  expect(shortCount(999, 'en')).toBe('999');
  expect(shortCount(12_345, 'en')).toBe('12.3K');
  expect(wholeCount(1_234_567, 'en')).toBe('1,234,567');
});
