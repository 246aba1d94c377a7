import { sql } from 'kysely';
import { compiledOnce, type Db } from '#platform/db/index.ts';
import type { Thread } from '../contract.ts';

const threadColumns = [
  'id',
  'user_id',
  'assistant_id',
  'is_main',
  'title',
  'archived_at',
  'created_at',
  'updated_at',
  'last_message_at',
  'origin',
] as const;

export interface NewThread {
  id: string;
  user_id: string;
  assistant_id: string;
  title: string | null;
}

export async function insertThread(db: Db, thread: NewThread): Promise<Thread> {
  return await db
    .insertInto('threads')
    .values(thread)
    .returning(threadColumns)
    .$castTo<Thread>()
    .executeTakeFirstOrThrow();
}

type MainThread = Pick<NewThread, 'user_id' | 'assistant_id'>;

/** Whether it was made: not when there is one. */
export async function insertMainThread(db: Db, thread: MainThread & { id: string }): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('threads')
    .values({ ...thread, is_main: true })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'assistant_id']).where('is_main', '=', true).doNothing(),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

export async function selectMainThread(db: Db, of: MainThread): Promise<Thread | undefined> {
  return await db
    .selectFrom('threads')
    .select(threadColumns)
    .$castTo<Thread>()
    .where('is_main', '=', true)
    .where('user_id', '=', of.user_id)
    .where('assistant_id', '=', of.assistant_id)
    .executeTakeFirst();
}

export async function selectThread(db: Db, id: string): Promise<Thread | undefined> {
  return await db
    .selectFrom('threads')
    .select(threadColumns)
    .$castTo<Thread>()
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Locked until the transaction ends: nobody else adds a message meanwhile. */
export async function lockThread(db: Db, id: string): Promise<Thread | undefined> {
  return await db
    .selectFrom('threads')
    .select(threadColumns)
    .$castTo<Thread>()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export interface ThreadFilter {
  assistant_id?: string | undefined;
  archived?: boolean | undefined;
  /** Only those of clients of `/v1`; else only the others. */
  origin?: 'api' | undefined;
  order: 'created' | 'activity';
  /** Only those behind this one. */
  after?: Pick<Thread, 'id' | 'last_message_at'> | { id: string } | undefined;
  limit: number;
}

/** Newest first, or those with the latest messages first. */
export async function selectThreads(db: Db, userId: string, filter: ThreadFilter): Promise<Thread[]> {
  let query = db.selectFrom('threads').select(threadColumns).$castTo<Thread>().where('user_id', '=', userId);
  if (filter.assistant_id !== undefined) query = query.where('assistant_id', '=', filter.assistant_id);
  if (filter.archived !== undefined)
    query = query.where('archived_at', filter.archived ? 'is not' : 'is', null);
  query = filter.origin ? query.where('origin', '=', filter.origin) : query.where('origin', 'is', null);
  const { order, after } = filter;
  if (after && 'last_message_at' in after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('last_message_at', 'id'), '<', tuple(after.last_message_at, after.id)),
    );
  } else if (after) {
    query = query.where('id', '<', after.id);
  }
  if (order === 'activity') query = query.orderBy('last_message_at', 'desc');
  return await query.orderBy('id', 'desc').limit(filter.limit).execute();
}

/** An archived thread keeps the instant it was archived first. */
export async function updateThread(
  db: Db,
  id: string,
  change: { title?: string | null | undefined; archived?: boolean | undefined },
): Promise<Thread | undefined> {
  const { title, archived } = change;
  return await db
    .updateTable('threads')
    .set({
      ...(title === undefined ? {} : { title }),
      ...(archived === undefined
        ? {}
        : { archived_at: archived ? sql<Date>`coalesce(archived_at, app_now())` : null }),
      updated_at: sql<Date>`app_now()`,
    })
    .where('id', '=', id)
    .returning(threadColumns)
    .$castTo<Thread>()
    .executeTakeFirst();
}

/** Names a thread that has no title. */
export async function titleThread(db: Db, id: string, title: string): Promise<void> {
  await db.updateTable('threads').set({ title }).where('id', '=', id).where('title', 'is', null).execute();
}

/** Returns whether there was one. */
export async function deleteThread(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('threads').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

export interface ThreadOfTurn {
  assistant_id: string;
  /** The provider's tokens by ours. */
  token_ratio: number;
  /** What the client of a thread tells the assistant beside its own instructions. */
  instructions: string | null;
}

const threadOf = compiledOnce((db, { message_id }: { message_id: string }) =>
  db
    .selectFrom('threads')
    .select(['assistant_id', 'token_ratio', 'instructions'])
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('messages').select('thread_id').where('messages.id', '=', message_id),
    ),
);

/** The thread that a message is in. */
export async function selectThreadOf(db: Db, message_id: string): Promise<ThreadOfTurn | undefined> {
  return (await threadOf(db, { message_id }))[0];
}

export async function updateTokenRatio(db: Db, id: string, token_ratio: number): Promise<void> {
  await db.updateTable('threads').set({ token_ratio }).where('id', '=', id).execute();
}
