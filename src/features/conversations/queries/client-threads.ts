import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Thread } from '../contract.ts';
import { storableJson } from '../parts.ts';

/** What a client says was said. */
export interface Said {
  role: 'user' | 'assistant';
  text: string;
}

export interface NewClientThread {
  user_id: string;
  assistant_id: string;
  /** What the client tells the assistant beside its own instructions. */
  instructions: string | null;
}

/** The latest thread of this conversation, locked: nobody else adds to it meanwhile. */
export async function lockClientThread(
  db: Db,
  of: { user_id: string; client_key: string },
): Promise<Pick<Thread, 'id'> | undefined> {
  return await db
    .selectFrom('threads')
    .select('id')
    .where('user_id', '=', of.user_id)
    .where('client_key', '=', of.client_key)
    .orderBy('id', 'desc')
    .limit(1)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function setClientKey(db: Db, id: string, client_key: string): Promise<void> {
  await db.updateTable('threads').set({ client_key }).where('id', '=', id).execute();
}

/** Each question with the answer behind it is a turn; what stands alone is one of its own. */
function turnsOf(said: readonly Said[]): (Said & { turn_id: string })[] {
  let open: string | undefined;
  return said.map((one) => {
    const answers = one.role === 'assistant' && open !== undefined;
    const turn_id = answers ? open! : newId();
    open = one.role === 'user' ? turn_id : undefined;
    return { ...one, turn_id };
  });
}

/**
 * A thread in which that was said already. What stands there as the assistant's may be anybody's words: it counts as
 * strangers' text. Returns its id.
 */
export async function insertClientThread(
  db: Db,
  thread: NewClientThread,
  said: readonly Said[],
): Promise<string> {
  const id = newId();
  const { user_id } = thread;
  await db
    .insertInto('threads')
    .values({ id, ...thread, origin: 'api', next_seq: said.length + 1 })
    .execute();
  const rows = turnsOf(said).map(({ role, text, turn_id }, index) => ({
    id: newId(),
    thread_id: id,
    user_id,
    turn_id,
    seq: index + 1,
    role,
    parts: storableJson([{ type: 'text', text }]),
    status: 'complete' as const,
    channel: 'api' as const,
    tainted: role === 'assistant',
  }));
  if (rows.length > 0) await db.insertInto('messages').values(rows).execute();
  return id;
}

/** Deletes conversations of clients that were not gone on with since, up to 1,000 at once. */
export async function pruneClientThreads(db: Db, since: Date): Promise<void> {
  await sql`
    delete from threads where id in (
      select id from threads where origin is not null and last_message_at < ${since}
      order by last_message_at limit 1000)`.execute(db);
}
