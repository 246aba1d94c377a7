import { expect, test } from 'vitest';
import type { ChatMessage } from './message.ts';
import { aMessage } from './message-samples.ts';
import { readNewest } from './read-newest.ts';

/** A server with these messages that gives pages of 20 and counts them. */
function server(messages: readonly ChatMessage[]) {
  const pages: number[] = [];
  return {
    pages,
    read: async (cursor: string | undefined) => {
      const below = cursor === undefined ? Infinity : Number(cursor);
      const items = messages
        .filter(({ seq }) => seq < below)
        .slice(-20)
        .toReversed();
      const oldest = items.at(-1)?.seq ?? 1;
      pages.push(oldest);
      return await Promise.resolve({ items, next_cursor: oldest > 1 ? String(oldest) : null });
    },
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => aMessage({ seq: index + 1 }));

test('the first time it is the newest page, oldest first', async () => {
  const { read, pages } = server(upTo(100));
  const { messages, older } = await readNewest(read, []);
  expect([messages[0]?.seq, messages.at(-1)?.seq, older, pages]).toEqual([81, 100, '81', [81]]);
});

test('one page is enough when only the end is new', async () => {
  const { read, pages } = server(upTo(102));
  await readNewest(read, upTo(100));
  expect(pages).toEqual([83]);
});

test('reads back to where an edit began', async () => {
  const known = upTo(100);
  const now = known.map((message) =>
    message.seq >= 55 ? { ...message, superseded_by: 'm101', updated_at: 'later' } : message,
  );
  const { read, pages } = server([...now, aMessage({ seq: 101 })]);
  const { messages } = await readNewest(read, known);
  expect(pages).toEqual([82, 62, 42]);
  expect(messages.find(({ seq }) => seq === 55)?.superseded_by).toBe('m101');
});

test('joins a gap of several pages, and leaves one that is too wide', async () => {
  const near = server(upTo(90));
  const joined = await readNewest(near.read, upTo(40).slice(20));
  expect(joined.messages[0]!.seq).toBeLessThanOrEqual(40);
  const far = server(upTo(1_000));
  const apart = await readNewest(far.read, upTo(40));
  expect(far.pages).toHaveLength(5);
  expect(apart.older).toBe('901');
});

test('an empty thread has nothing', async () => {
  expect(await readNewest(server([]).read, [])).toEqual({ messages: [], older: null });
});
