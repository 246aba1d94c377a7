import { expect, test } from 'vitest';

import { editDistance } from './edit-distance.ts';

test.each([
  ['wife', 'wife', 0],
  ['pasword', 'password', 1],
  ['passwrod', 'password', 1],
  ['собока', 'собака', 1],
  ['ab', 'ba', 1],
  ['kitten', 'sitting', 3],
])('from %s to %s it is %i', (one, other, distance) => {
  expect(editDistance(one, other, 3)).toBe(distance);
  expect(editDistance(other, one, 3)).toBe(distance);
});

test('what is further than asked is one more than asked', () => {
  expect(editDistance('kitten', 'sitting', 2)).toBe(3);
  expect(editDistance('a', 'abcdef', 2)).toBe(3);
});
