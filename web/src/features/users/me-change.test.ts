import { expect, test } from 'vitest';
import { changeBack, withChange } from './me-change.ts';
import type { Me } from './me.ts';

const me = { name: 'Ann', first_name: null, preferences: { shortcuts: false } } as Me;

test('a change keeps what it does not name', () => {
  const after = withChange(me, { first_name: 'Anna', preferences: { hour_cycle: 'h12' } });
  expect(after).toEqual({
    name: 'Ann',
    first_name: 'Anna',
    preferences: { shortcuts: false, hour_cycle: 'h12' },
  });
});

test('the way back names the same fields with what they were, and what they mean if never chosen', () => {
  const change = { first_name: 'Anna', preferences: { shortcuts: true, hour_cycle: 'h12' } } as const;
  const back = changeBack(me, change);
  expect(back).toEqual({ first_name: null, preferences: { shortcuts: false, hour_cycle: 'auto' } });
  expect(withChange(withChange(me, change), back)).toMatchObject({ name: 'Ann', first_name: null });
});
