import { z } from 'zod';
import type { Db } from '#platform/db/index.ts';
import { id, instant } from '#platform/http/fields.ts';
import { decodeCursor, page, type Page } from '#platform/http/pagination.ts';
import type { Message, Thread } from './contract.ts';
import { selectMessages, type MessagePage } from './queries/messages.ts';
import { selectThreads, type ThreadFilter } from './queries/threads.ts';
import { getThread } from './service.ts';

/** How much of a list is wanted, and from where on. */
interface Wanted {
  limit: number;
  cursor?: string | undefined;
}

function createdCursor(cursor: string | undefined) {
  const key = decodeCursor(cursor, z.tuple([id]));
  return key && { id: key[0] };
}

function activityCursor(cursor: string | undefined) {
  const key = decodeCursor(cursor, z.tuple([instant, id]));
  return key && { last_message_at: key[0], id: key[1] };
}

/** A page of the user's threads. */
export async function threadPage(
  db: Db,
  userId: string,
  { cursor, limit, ...filter }: Wanted & Omit<ThreadFilter, 'after' | 'limit'>,
): Promise<Page<Thread>> {
  const byActivity = filter.order === 'activity';
  const rows = await selectThreads(db, userId, {
    ...filter,
    after: byActivity ? activityCursor(cursor) : createdCursor(cursor),
    limit: limit + 1,
  });
  return page(rows, limit, (row) => (byActivity ? [row.last_message_at, row.id] : [row.id]));
}

/** The `seq` in a cursor; that of one order is none of the other. */
function seqIn(cursor: string | undefined, order: MessagePage['order']): number | undefined {
  const key =
    order === 'newest'
      ? decodeCursor(cursor, z.tuple([z.int(), z.literal('newest')]))
      : decodeCursor(cursor, z.tuple([z.int()]));
  return key?.[0];
}

/** A page of a thread's messages. @throws AppError `threads.not_found` */
export async function messagePage(
  db: Db,
  threadId: string,
  { cursor, limit, order = 'oldest' }: Wanted & { order?: MessagePage['order'] | undefined },
): Promise<Page<Message>> {
  const after = seqIn(cursor, order);
  const rows = await selectMessages(db, threadId, { order, after, limit: limit + 1 });
  // A thread that has messages is there: one round trip for each page.
  if (rows.length === 0) await getThread(db, threadId);
  return page(rows, limit, (row) => (order === 'oldest' ? [row.seq] : [row.seq, order]));
}
