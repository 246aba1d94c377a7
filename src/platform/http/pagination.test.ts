import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { id, instant } from './fields.ts';
import { decodeCursor, encodeCursor, listQuery, page } from './pagination.ts';

describe('listQuery', () => {
  test('has a default', () => {
    expect(listQuery.parse({})).toEqual({ limit: 50 });
    expect(listQuery.parse({ limit: '200', cursor: 'x' })).toEqual({ limit: 200, cursor: 'x' });
  });

  test.each(['0', '201', '-1', '1.5', 'ten', '', '1e2', '00000050'])('refuses limit=%s', (limit) => {
    expect(listQuery.safeParse({ limit }).success).toBe(false);
  });
});

describe('a cursor', () => {
  const key = z.tuple([instant, id]);
  const row = { at: new Date('2026-12-01T08:00:00.123Z'), id: '0199aa00-0000-7000-8000-000000000001' };

  test('brings back what it was made of', () => {
    const cursor = encodeCursor([row.at, row.id]);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(cursor, key)).toEqual([row.at, row.id]);
    expect(decodeCursor(undefined, key)).toBeUndefined();
  });

  test.each([
    '',
    'nonsense',
    '%%%',
    encodeCursor([]),
    encodeCursor(['a', row.id]),
    encodeCursor([row.at, row.id, 1]),
  ])('that is none of this list is refused: %j', (cursor) => {
    expect(() => decodeCursor(cursor, key)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'request.bad_cursor',
        problems: [expect.objectContaining({ path: 'cursor' })],
      }),
    );
  });
});

test('a page goes on where there was one row more than asked for', () => {
  const keyOf = (row: number) => [row];
  expect(page([3, 2, 1], 2, keyOf)).toEqual({ items: [3, 2], next_cursor: encodeCursor([2]) });
  expect(page([3, 2], 2, keyOf)).toEqual({ items: [3, 2], next_cursor: null });
  expect(page([], 2, keyOf)).toEqual({ items: [], next_cursor: null });
});
