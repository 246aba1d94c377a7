import { compiledOnce, type Db } from '#platform/db/index.ts';
import type { Message } from '../contract.ts';

const finalStatuses = new Set<Message['status']>(['complete', 'stopped', 'failed']);

/** Whether nothing more comes of a reply. */
export function isOver({ status }: Pick<Message, 'status'>): boolean {
  return finalStatuses.has(status);
}

/** The messages that stand: at most one of each role in a turn. */
function standing(db: Db) {
  return db
    .selectFrom('messages')
    .selectAll('messages')
    .where('superseded_by', 'is', null)
    .$castTo<Message>();
}

const standingReply = compiledOnce((db, { turn_id }: { turn_id: string }) =>
  standing(db).where('turn_id', '=', turn_id).where('role', '=', 'assistant'),
);

/** The reply that stands, or is being made. */
export async function selectReply(db: Db, turn_id: string): Promise<Message | undefined> {
  return (await standingReply(db, { turn_id }))[0];
}

const locked = compiledOnce((db, { turn_id }: { turn_id: string }) =>
  standing(db).where('turn_id', '=', turn_id).forUpdate(),
);

/** The messages of a turn that stand, locked: nobody else ends or supersedes them meanwhile. */
export async function lockTurn(db: Db, turnId: string): Promise<Message[]> {
  return await locked(db, { turn_id: turnId });
}

/** The reply, once nothing more comes of it without the user. */
export async function selectSettledReply(db: Db, turnId: string): Promise<Message | undefined> {
  const reply = await selectReply(db, turnId);
  return reply && (isOver(reply) || reply.status === 'awaiting_approval') ? reply : undefined;
}

/** Replies of a thread that wait for the user, locked: none goes on meanwhile. */
export async function selectAwaiting(
  db: Db,
  { thread_id, turn_id }: { thread_id: string; turn_id?: string | undefined },
): Promise<Message[]> {
  let query = standing(db).where('thread_id', '=', thread_id).where('status', '=', 'awaiting_approval');
  if (turn_id !== undefined) query = query.where('turn_id', '=', turn_id);
  return await query.orderBy('seq').forUpdate().execute();
}

/** The message of the thread's last turn. */
export async function selectLastQuestion(db: Db, threadId: string): Promise<Message | undefined> {
  return await standing(db)
    .where('thread_id', '=', threadId)
    .where('role', '=', 'user')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The message that a turn of the thread answers, unless it is superseded. */
export async function selectQuestion(
  db: Db,
  { thread_id, turn_id }: { thread_id: string; turn_id: string },
): Promise<Message | undefined> {
  return await standing(db)
    .where('turn_id', '=', turn_id)
    .where('role', '=', 'user')
    .where('thread_id', '=', thread_id)
    .executeTakeFirst();
}

/** `by` may be a message that the same transaction adds later. */
export async function supersede(db: Db, id: string, by: string): Promise<void> {
  await db.updateTable('messages').set({ superseded_by: by }).where('id', '=', id).execute();
}

/**
 * Supersedes a user's message and what came after it. What belongs to turns that began before stays, also where it was
 * stored behind it: the reply to a message comes after those that were sent while it was made. Returns the replies of
 * which more might have come.
 */
export async function supersedeFrom(
  db: Db,
  edited: Message,
  by: Pick<Message, 'id' | 'seq'>,
): Promise<Message[]> {
  const superseded = await db
    .updateTable('messages as message')
    .set({ superseded_by: by.id })
    .where('thread_id', '=', edited.thread_id)
    .where('seq', '>=', edited.seq)
    .where('seq', '<', by.seq)
    .where('superseded_by', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('messages as question')
            .whereRef('question.turn_id', '=', 'message.turn_id')
            .where('question.role', '=', 'user')
            .where('question.superseded_by', 'is', null)
            .where('question.seq', '<', edited.seq),
        ),
      ),
    )
    .returningAll('message')
    .$castTo<Message>()
    .execute();
  return superseded.filter((message) => !isOver(message));
}
