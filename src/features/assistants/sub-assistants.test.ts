import { describe, expect, test } from 'vitest';

import { closesCircle } from './sub-assistants.ts';

const chain = [
  { from: 'a', to: 'b' },
  { from: 'b', to: 'c' },
];

describe('a circle of assistants that ask each other', () => {
  test('is closed by asking oneself', () => {
    expect(closesCircle([], { from: 'a', to: 'a' })).toBe(true);
  });

  test('is closed by the last asking the first', () => {
    expect(closesCircle(chain, { from: 'c', to: 'a' })).toBe(true);
    expect(closesCircle(chain, { from: 'b', to: 'a' })).toBe(true);
  });

  test('is not closed by two ways to the same assistant', () => {
    expect(closesCircle(chain, { from: 'a', to: 'c' })).toBe(false);
    expect(closesCircle([...chain, { from: 'a', to: 'c' }], { from: 'd', to: 'a' })).toBe(false);
  });

  test('is looked for to an end, even where there already is one', () => {
    expect(closesCircle([...chain, { from: 'c', to: 'b' }], { from: 'd', to: 'a' })).toBe(false);
  });
});
