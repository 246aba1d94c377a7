import { describe, expect, test } from 'vitest';
import { unbindCursor } from '#platform/http/bound-cursor.ts';
import { decodeCursor, listQuery } from '#platform/http/pagination.ts';
import { z } from 'zod';
import type { Api } from './api.ts';
import { createThreadReader } from './thread-reader.ts';

interface Row {
  seq: number;
  status: string;
}

/** The list of messages as the server answers it. */
function thread(rows: Row[]): { api: Pick<Api, 'call'>; asked: () => number } {
  let asked = 0;
  const call = async <T>(_method: string, path: string): Promise<T> => {
    asked += 1;
    const { pathname, searchParams } = new URL(path, 'http://server');
    const place = { user_id: 'u', path: pathname };
    const { cursor, limit = 0 } = unbindCursor(listQuery, Object.fromEntries(searchParams), place);
    const [after] = decodeCursor(cursor, z.tuple([z.int()])) ?? [0];
    const items = rows.filter(({ seq }) => seq > after).slice(0, Number(limit));
    return await Promise.resolve({ items } as T);
  };
  return { api: { call }, asked: () => asked };
}

const ours = { thread_id: 't', user_id: 'u' };

const messages = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ seq: index + 1, status: 'complete' }));

describe('a thread', () => {
  test.each([0, 1, 2, 3, 4, 5, 8, 9, 1_000])('of %d messages is skipped to its end', async (count) => {
    const rows = messages(count);
    const { api, asked } = thread(rows);
    const reader = createThreadReader(api, ours);
    await reader.skipToEnd();
    expect(await reader.next()).toEqual([]);
    rows.push({ seq: count + 1, status: 'complete' });
    expect((await reader.next()).map(({ seq }) => seq)).toEqual([count + 1]);
    expect(asked()).toBeLessThan(30);
  });

  test('what waits for the user keeps nothing back, and is read again when it is asked for', async () => {
    const rows = [...messages(1), { seq: 2, status: 'awaiting_approval' }, { seq: 3, status: 'complete' }];
    const reader = createThreadReader(thread(rows).api, ours);
    expect((await reader.next()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    rows[1]!.status = 'complete';
    expect(await reader.next()).toEqual([]);
    expect(await reader.again(2)).toEqual({ seq: 2, status: 'complete' });
  });

  test('what stands behind a message that is not over waits for it', async () => {
    const rows = [...messages(2), { seq: 3, status: 'streaming' }, { seq: 4, status: 'complete' }];
    const reader = createThreadReader(thread(rows).api, ours);
    expect((await reader.next()).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await reader.next()).toEqual([]);
    rows[2]!.status = 'failed';
    expect((await reader.next()).map(({ seq }) => seq)).toEqual([3, 4]);
  });
});
