import { expect, test } from 'vitest';
import { z } from 'zod';
import { encodeCursor, listQuery, page } from './pagination.ts';
import { bindCursor, unbindCursor } from './bound-cursor.ts';
import { route } from './route.ts';
import { serve } from './test-server.ts';

const place = { user_id: 'ada', path: '/api/things' };
const bound = bindCursor({ items: [1], next_cursor: encodeCursor([1]) }, place).next_cursor;

test('a cursor comes back to its list as the list made it', () => {
  expect(bound).toMatch(/^[\w-]+$/);
  expect(unbindCursor(listQuery, { limit: '1', cursor: bound }, place)).toEqual({
    limit: '1',
    cursor: encodeCursor([1]),
  });
  expect(unbindCursor(listQuery, {}, place)).toEqual({});
});

test.each([
  ['another list', bound, { ...place, path: '/api/others' }],
  ['another user', bound, { ...place, user_id: 'bob' }],
  ['one that was changed', `A${bound.slice(1)}`, place],
  ['one that was cut', bound.slice(0, -1), place],
  ['one with more behind it', `${bound}=`, place],
  ['one that was made up', encodeCursor([1]), place],
  ['an empty one', '', place],
])('is refused: %s', (_, cursor, at) => {
  expect(() => unbindCursor(listQuery, { cursor }, at)).toThrow(
    expect.objectContaining({ code: 'request.bad_cursor', kind: 'invalid' }),
  );
});

test('what is no list has no cursor', () => {
  expect(unbindCursor(z.strictObject({}), { cursor: 'x' }, place)).toEqual({ cursor: 'x' });
  for (const other of [undefined, null, 'x', { items: [], next_cursor: null }, { next_cursor: 1 }])
    expect(bindCursor(other, place)).toBe(other);
});

test('every list has cursors of its own', async () => {
  const list = (path: string) =>
    route(
      {
        scope: 'all',
        summary: 'For a test.',
        tag: 'Tests',
        method: 'get',
        path,
        query: listQuery,
        responses: { 200: z.unknown() },
      },
      ({ query }) => ({ ...page([1, 2], 1, (row) => [row]), asked: query.cursor }),
    );
  const { call } = await serve({ routes: [list('/api/some'), list('/api/others')] });
  const { next_cursor } = (await call('GET', '/api/some')).json as { next_cursor: string };
  expect((await call('GET', `/api/some?cursor=${next_cursor}`)).json).toMatchObject({
    asked: encodeCursor([1]),
  });
  expect(await call('GET', `/api/others?cursor=${next_cursor}`)).toMatchObject({
    status: 422,
    json: { code: 'request.bad_cursor', errors: [{ path: 'cursor' }] },
  });
});
