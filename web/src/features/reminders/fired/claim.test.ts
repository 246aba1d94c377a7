import { expect, it } from 'vitest';
import { withClaim } from './claim.ts';

it('claims an occurrence once and forgets the oldest', () => {
  const first = withClaim([], 'a');
  expect(first).toEqual(['a']);
  expect(withClaim(first!, 'a')).toBeUndefined();
  const full = Array.from({ length: 100 }, (_, index) => `${index}`);
  const next = withClaim(full, 'new');
  expect(next).toHaveLength(100);
  expect(next?.at(-1)).toBe('new');
  expect(withClaim(next!, '1')).toBeUndefined();
  expect(withClaim(next!, '0')).toBeDefined();
});
