import { sql } from 'kysely';
import { compiledOnce, type Db, type JsonValue } from '#platform/db/index.ts';

/** An event as it is stored and sent. */
export interface StoredEvent {
  seq: number;
  type: string;
  subject: string | null;
  at: Date;
  payload: JsonValue;
}

const after = compiledOnce((db, of: { user_id: string; seq: number; limit: number }) =>
  db
    .selectFrom('events')
    .select(['seq', 'type', 'subject', 'at', 'payload'])
    .where('user_id', '=', of.user_id)
    .where('seq', '>', of.seq)
    .orderBy('seq')
    .limit(of.limit),
);

/** The user's events after a cursor, in order. */
export async function eventsAfter(
  db: Db,
  user_id: string,
  seq: number,
  limit: number,
): Promise<StoredEvent[]> {
  return await after(db, { user_id, seq, limit });
}

/** The first and last seq that are kept; zeros when there are none. */
export async function eventRange(db: Db, userId: string): Promise<{ first: number; last: number }> {
  const { rows } = await sql<{ first: number; last: number }>`
    select coalesce((select min(seq) from events where user_id = ${userId}), 0) as first,
           coalesce((select max(seq) from events where user_id = ${userId}), 0) as last`.execute(db);
  return rows[0]!;
}

/** Removes events older than this, up to 10,000 at once. */
export async function pruneEvents(db: Db, olderThan: Date): Promise<void> {
  await sql`delete from events where (user_id, seq) in
    (select user_id, seq from events where at < ${olderThan} order by at limit 10000)`.execute(db);
}
