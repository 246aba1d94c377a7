import { describe, expect, test } from 'vitest';
import { withItem } from './cached-items.ts';

const a = { id: 'a', name: 'A' };
const b = { id: 'b', name: 'B' };
const rename = (item: typeof a) => ({ ...item, name: 'new' });

describe('an item is changed', () => {
  test('in the pages of a list', () => {
    const data = { pages: [{ items: [a] }, { items: [b], next_cursor: null }], pageParams: [] };
    expect(withItem(data, 'b', rename)).toEqual({
      pages: [{ items: [a] }, { items: [{ id: 'b', name: 'new' }], next_cursor: null }],
      pageParams: [],
    });
  });

  test('in a list, and by itself', () => {
    expect(withItem({ items: [a, b] }, 'a', rename)).toEqual({ items: [{ id: 'a', name: 'new' }, b] });
    expect(withItem(a, 'a', rename)).toEqual({ id: 'a', name: 'new' });
  });

  test('and nothing else: what it is not in stays the same object', () => {
    const data = { pages: [{ items: [a] }] };
    expect(withItem(data, 'c', rename)).toBe(data);
    expect(withItem(undefined, 'a', rename)).toBeUndefined();
  });
});
