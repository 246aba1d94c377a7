import { sql } from 'kysely';
import { compiledOnce, type Db } from '#platform/db/index.ts';
import type { Channel, Message, MessagePart, Usage } from '../contract.ts';
import { storableJson } from '../parts.ts';
import { summariesBefore } from './summaries.ts';

export type MessageStatus = Message['status'];

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
  tainted?: boolean;
}

/** Adds a message behind the thread's last one. The thread must be there. */
export async function insertMessage(db: Db, { parts, ...message }: NewMessage): Promise<Message> {
  return await db
    .with('bumped', (cte) =>
      cte
        .updateTable('threads')
        .set(({ eb }) => ({ next_seq: eb('next_seq', '+', 1), last_message_at: sql<Date>`app_now()` }))
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

type NewReply = Pick<NewMessage, 'id' | 'thread_id' | 'user_id' | 'turn_id' | 'channel'> & {
  question_id: string;
};

const insertedReply = compiledOnce((db, reply: NewReply) =>
  db
    .with('thread', (cte) =>
      cte.selectFrom('threads').select('id').where('id', '=', reply.thread_id).forNoKeyUpdate(),
    )
    .with('question', (cte) =>
      cte
        .selectFrom('messages')
        .select('id')
        .where('id', '=', reply.question_id)
        .where('superseded_by', 'is', null)
        .where(({ exists, selectFrom }) => exists(selectFrom('thread').select('thread.id')))
        .forShare(),
    )
    .with('bumped', (cte) =>
      cte
        .updateTable('threads')
        .set(({ eb }) => ({ next_seq: eb('next_seq', '+', 1), last_message_at: sql<Date>`app_now()` }))
        .where('id', '=', reply.thread_id)
        .where(({ exists, selectFrom }) => exists(selectFrom('question').select('question.id')))
        .returning(({ eb }) => eb('next_seq', '-', 1).as('seq')),
    )
    .insertInto('messages')
    .columns(['id', 'thread_id', 'user_id', 'turn_id', 'channel', 'role', 'parts', 'status', 'seq'])
    .expression(({ selectFrom }) =>
      selectFrom('bumped').select([
        sql<string>`${reply.id}::uuid`.as('id'),
        sql<string>`${reply.thread_id}::uuid`.as('thread_id'),
        sql<string>`${reply.user_id}::uuid`.as('user_id'),
        sql<string>`${reply.turn_id}::uuid`.as('turn_id'),
        sql<Channel>`${reply.channel}::text`.as('channel'),
        sql<Message['role']>`'assistant'`.as('role'),
        sql<string>`'[]'::jsonb`.as('parts'),
        sql<MessageStatus>`'streaming'`.as('status'),
        'bumped.seq',
      ]),
    )
    .returningAll()
    .$castTo<Message>(),
);

/**
 * Adds the reply that is about to be made to a message. Undefined when that was superseded or deleted; nobody supersedes
 * it until the transaction ends. The thread is locked before it, as by whoever supersedes.
 */
export async function insertReply(db: Db, reply: NewReply): Promise<Message | undefined> {
  return (await insertedReply(db, reply))[0];
}

const byId = compiledOnce((db, { id }: { id: string }) => messages(db).where('id', '=', id));

export async function selectMessage(db: Db, id: string): Promise<Message | undefined> {
  return (await byId(db, { id }))[0];
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

export interface MessagePage {
  /** Default: oldest first. */
  order?: 'oldest' | 'newest';
  /** Only those behind this one, in the order asked for. */
  after?: number | undefined;
  limit: number;
}

/** Those that are superseded, too. */
export async function selectMessages(
  db: Db,
  threadId: string,
  { order = 'oldest', after, limit }: MessagePage,
): Promise<Message[]> {
  let query = messages(db).where('thread_id', '=', threadId);
  if (after !== undefined) query = query.where('seq', order === 'oldest' ? '>' : '<', after);
  return await query
    .orderBy('seq', order === 'oldest' ? 'asc' : 'desc')
    .limit(limit)
    .execute();
}

/** What turns are shown of the messages before theirs. Many are read at once: without what is of no use to a model. */
const saidColumns = [
  'id',
  'seq',
  'turn_id',
  'role',
  'parts',
  'status',
  'tainted',
  'created_at',
  'updated_at',
] as const;

export type SaidMessage = Pick<Message, (typeof saidColumns)[number]>;

function saidIn(db: Db, thread_id: string) {
  return db
    .selectFrom('messages')
    .select(saidColumns)
    .where('thread_id', '=', thread_id)
    .where('superseded_by', 'is', null)
    .$castTo<SaidMessage>();
}

interface LatestMessages {
  unsummarised_before: number;
  limit: number;
}

const latest = compiledOnce((db, of: LatestMessages & { thread_id: string }) =>
  saidIn(db, of.thread_id)
    .where('seq', '>', ({ fn, val }) =>
      fn.coalesce(
        summariesBefore(db, of.thread_id, of.unsummarised_before).select('up_to_seq').limit(1),
        val(0),
      ),
    )
    .orderBy('seq', 'desc')
    .limit(of.limit),
);

/**
 * The thread's latest messages that stand, newest first; none that is in the summary to use before the message
 * `unsummarised_before`.
 */
export async function selectLatestMessages(
  db: Db,
  thread_id: string,
  of: LatestMessages,
): Promise<SaidMessage[]> {
  return await latest(db, { thread_id, ...of });
}

/** The thread's next messages behind `after` that stand, oldest first. */
export async function selectMessagesAfter(
  db: Db,
  threadId: string,
  after: number,
  limit: number,
): Promise<SaidMessage[]> {
  return await saidIn(db, threadId).where('seq', '>', after).orderBy('seq').limit(limit).execute();
}

export interface MessageChange {
  parts?: MessagePart[];
  status?: MessageStatus;
  model?: string | null;
  usage?: Usage | null;
  error?: string | null;
  cost_usd?: number | null;
  tainted?: boolean;
}

function update(db: Db, id: string, { parts, usage, ...change }: MessageChange) {
  return db
    .updateTable('messages')
    .set({
      ...change,
      ...(parts && { parts: storableJson(parts) }),
      ...(usage && { usage: JSON.stringify(usage) }),
    })
    .where('id', '=', id);
}

export async function updateMessage(db: Db, id: string, change: MessageChange): Promise<void> {
  await update(db, id, change).execute();
}

/** Returns false, and changes nothing, when the message is gone or was superseded. */
export async function updateStanding(db: Db, id: string, change: MessageChange): Promise<boolean> {
  const { numUpdatedRows } = await update(db, id, change)
    .where('superseded_by', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
