import { expect, test } from 'vitest';
import { nameChange, namesOf } from './name-change.ts';

const saved = { name: 'Ann', first_name: 'Anna', last_name: null };

test('only what differs is saved; an emptied name is none', () => {
  expect(nameChange(saved, { ...namesOf(saved), first_name: ' ', last_name: ' Lee ' })).toEqual({
    first_name: null,
    last_name: 'Lee',
  });
  expect(nameChange(saved, { ...namesOf(saved), name: '' })).toEqual({ name: '' });
});

test('spaces around a name are no change', () => {
  expect(nameChange(saved, { ...namesOf(saved), name: ' Ann ' })).toBeUndefined();
});
