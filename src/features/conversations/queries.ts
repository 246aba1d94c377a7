import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { Channel, Message, MessagePart, Thread, Usage } from './contract.ts';
import { storableJson } from './parts.ts';

const threadColumns = [
  'id',
  'user_id',
  'assistant_id',
  'is_main',
  'title',
  'archived_at',
  'created_at',
  'updated_at',
] as const;

export type MessageStatus = Message['status'];
/** A reply with one of these is over. */
export const finalStatuses = ['complete', 'stopped', 'failed'] as const satisfies MessageStatus[];

export interface NewThread {
  id: string;
  user_id: string;
  assistant_id: string;
  title: string | null;
}

export async function insertThread(db: Db, thread: NewThread): Promise<Thread> {
  return await db.insertInto('threads').values(thread).returning(threadColumns).executeTakeFirstOrThrow();
}

type MainThread = Pick<NewThread, 'user_id' | 'assistant_id'>;

/** Nothing when there is one. */
export async function insertMainThread(db: Db, thread: MainThread & { id: string }): Promise<void> {
  await db
    .insertInto('threads')
    .values({ ...thread, is_main: true })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'assistant_id']).where('is_main', '=', true).doNothing(),
    )
    .execute();
}

export async function selectMainThread(db: Db, of: MainThread): Promise<Thread | undefined> {
  return await db
    .selectFrom('threads')
    .select(threadColumns)
    .where('is_main', '=', true)
    .where('user_id', '=', of.user_id)
    .where('assistant_id', '=', of.assistant_id)
    .executeTakeFirst();
}

export async function selectThread(db: Db, id: string): Promise<Thread | undefined> {
  return await db.selectFrom('threads').select(threadColumns).where('id', '=', id).executeTakeFirst();
}

/** Locked until the transaction ends: nobody else adds a message meanwhile. */
export async function lockThread(db: Db, id: string): Promise<Thread | undefined> {
  return await db
    .selectFrom('threads')
    .select(threadColumns)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export interface ThreadFilter {
  assistant_id?: string | undefined;
  archived?: boolean | undefined;
  /** Only those before this id: older. */
  before?: string | undefined;
  limit: number;
}

/** Newest first. */
export async function selectThreads(db: Db, userId: string, filter: ThreadFilter): Promise<Thread[]> {
  let query = db.selectFrom('threads').select(threadColumns).where('user_id', '=', userId);
  if (filter.assistant_id !== undefined) query = query.where('assistant_id', '=', filter.assistant_id);
  if (filter.archived !== undefined)
    query = query.where('archived_at', filter.archived ? 'is not' : 'is', null);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
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
    .executeTakeFirst();
}

/** Returns whether there was one. */
export async function deleteThread(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('threads').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

function messages(db: Db) {
  return db.selectFrom('messages').selectAll('messages').$castTo<Message>();
}

export interface NewMessage {
  id: string;
  thread_id: string;
  user_id: string;
  turn_id: string;
  role: Message['role'];
  parts: MessagePart[];
  status: MessageStatus;
  channel: Channel;
  external_id: string | null;
}

/** Adds a message behind the thread's last one. The thread must be there. */
export async function insertMessage(db: Db, { parts, ...message }: NewMessage): Promise<Message> {
  return await db
    .with('bumped', (cte) =>
      cte
        .updateTable('threads')
        .set(({ eb }) => ({ next_seq: eb('next_seq', '+', 1) }))
        .where('id', '=', message.thread_id)
        .returning(({ eb }) => eb('next_seq', '-', 1).as('seq')),
    )
    .insertInto('messages')
    .values(({ selectFrom }) => ({
      ...message,
      parts: storableJson(parts),
      seq: selectFrom('bumped').select('seq'),
    }))
    .returningAll()
    .$castTo<Message>()
    .executeTakeFirstOrThrow();
}

export async function selectMessage(db: Db, id: string): Promise<Message | undefined> {
  return await messages(db).where('id', '=', id).executeTakeFirst();
}

export async function selectMessageByExternalId(
  db: Db,
  of: { thread_id: string; channel: Channel; external_id: string },
): Promise<Message | undefined> {
  return await messages(db)
    .where('thread_id', '=', of.thread_id)
    .where('channel', '=', of.channel)
    .where('external_id', '=', of.external_id)
    .executeTakeFirst();
}

export async function selectReply(db: Db, turnId: string): Promise<Message | undefined> {
  return await messages(db).where('turn_id', '=', turnId).where('role', '=', 'assistant').executeTakeFirst();
}

/** The reply, once it is over. */
export async function selectFinalReply(db: Db, turnId: string): Promise<Message | undefined> {
  return await messages(db)
    .where('turn_id', '=', turnId)
    .where('role', '=', 'assistant')
    .where('status', 'in', finalStatuses)
    .executeTakeFirst();
}

/** Oldest first. */
export async function selectMessages(
  db: Db,
  threadId: string,
  page: { after?: number | undefined; limit: number },
): Promise<Message[]> {
  let query = messages(db).where('thread_id', '=', threadId);
  if (page.after !== undefined) query = query.where('seq', '>', page.after);
  return await query.orderBy('seq').limit(page.limit).execute();
}

/** The thread's latest messages, newest first. */
export async function selectLatestMessages(db: Db, threadId: string, limit: number): Promise<Message[]> {
  return await messages(db).where('thread_id', '=', threadId).orderBy('seq', 'desc').limit(limit).execute();
}

export interface MessageChange {
  parts?: MessagePart[];
  status?: MessageStatus;
  model?: string | null;
  usage?: Usage | null;
  error?: string;
}

/** Returns false when the message is gone. */
export async function updateMessage(
  db: Db,
  id: string,
  { parts, usage, ...change }: MessageChange,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set({
      ...change,
      ...(parts && { parts: storableJson(parts) }),
      ...(usage && { usage: JSON.stringify(usage) }),
    })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whom a turn is for, and what time it is for the database. */
export interface Person {
  name: string;
  timezone: string;
  locale: string;
  now: Date;
}

export async function selectPerson(db: Db, userId: string): Promise<Person | undefined> {
  return await db
    .selectFrom('users')
    .select(['name', 'timezone', 'locale', sql<Date>`app_now()`.as('now')])
    .where('id', '=', userId)
    .executeTakeFirst();
}
