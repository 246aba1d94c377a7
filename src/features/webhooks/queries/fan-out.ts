import { sql } from 'kysely';
import type { Db, JsonValue } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { WEBHOOK_UPDATED } from '../event-types.ts';

/** Events of a webhook that are looked at in one transaction. */
export const BATCH = 500;

export interface Listening {
  user_id: string;
  /** Whether something has happened that a webhook of theirs was not asked about yet. */
  is_behind: boolean;
}

/** The users who have webhooks that are on. */
export async function selectListening(db: Db): Promise<Listening[]> {
  const { rows } = await sql<Listening>`
    select w.user_id, bool_or(u.event_seq > p.after_seq) as is_behind
    from webhooks w join webhook_progress p on p.webhook_id = w.id join users u on u.id = w.user_id
    where w.is_active group by w.user_id`.execute(db);
  return rows;
}

export interface Follower {
  webhook_id: string;
  events: string[];
  after_seq: number;
}

/** The user's webhooks that are on. Nobody else moves them on until the transaction ends. */
export async function lockFollowers(db: Db, userId: string): Promise<Follower[]> {
  return await db
    .selectFrom('webhook_progress as p')
    .innerJoin('webhooks as w', 'w.id', 'p.webhook_id')
    .select(['p.webhook_id', 'w.events', 'p.after_seq'])
    .where('p.user_id', '=', userId)
    .where('w.is_active', '=', true)
    .orderBy('p.webhook_id')
    .forNoKeyUpdate('p')
    .execute();
}

export async function lastSeq(db: Db, userId: string): Promise<number> {
  const row = await db.selectFrom('users').select('event_seq').where('id', '=', userId).executeTakeFirst();
  return row?.event_seq ?? 0;
}

export interface ToTell {
  seq: number;
  type: string;
  subject: string | null;
  payload: JsonValue;
  at: Date;
}

/** Events up to `upTo` that a webhook asked for, in order, up to `BATCH`. */
export async function selectToTell(
  db: Db,
  userId: string,
  { events, after_seq }: Pick<Follower, 'events' | 'after_seq'>,
  upTo: number,
): Promise<ToTell[]> {
  return await db
    .selectFrom('events')
    .select(['seq', 'type', 'subject', 'payload', 'at'])
    .where('user_id', '=', userId)
    .where('seq', '>', after_seq)
    .where('seq', '<=', upTo)
    .where('type', '!=', WEBHOOK_UPDATED)
    .$if(!events.includes('*'), (query) => query.where('type', 'in', events))
    .orderBy('seq')
    .limit(BATCH)
    .execute();
}

/** The events from an instant on, in order, up to `count`, with the delivery each had. */
export async function selectSince(
  db: Db,
  of: { user_id: string; webhook_id: string; events: string[]; since: Date; count: number },
): Promise<(ToTell & { delivery_id: string | null })[]> {
  return await db
    .selectFrom('events as e')
    .leftJoin('webhook_deliveries as d', (join) =>
      join.onRef('d.event_seq', '=', 'e.seq').on('d.webhook_id', '=', of.webhook_id),
    )
    .select(['e.seq', 'e.type', 'e.subject', 'e.payload', 'e.at', 'd.id as delivery_id'])
    .where('e.user_id', '=', of.user_id)
    .where('e.at', '>=', of.since)
    .where('e.type', '!=', WEBHOOK_UPDATED)
    .$if(!of.events.includes('*'), (query) => query.where('e.type', 'in', of.events))
    .orderBy('e.seq')
    .limit(of.count)
    .execute();
}

/** A delivery for each event; none for one that has its delivery. Returns the new ones, in order. */
export async function insertDeliveries(
  db: Db,
  { user_id, webhook_id }: { user_id: string; webhook_id: string },
  events: ToTell[],
): Promise<string[]> {
  if (events.length === 0) return [];
  const rows = events.map(({ seq, type, subject, payload, at }) => ({
    id: newId(),
    user_id,
    webhook_id,
    event_seq: seq,
    event_type: type,
    subject,
    payload: JSON.stringify(payload),
    event_at: at,
  }));
  const inserted = await db
    .insertInto('webhook_deliveries')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['webhook_id', 'event_seq']).doNothing())
    .returning('id')
    .execute();
  const added = new Set(inserted.map(({ id }) => id));
  return rows.map(({ id }) => id).filter((id) => added.has(id));
}

export async function moveOn(db: Db, webhookId: string, after_seq: number): Promise<void> {
  await db.updateTable('webhook_progress').set({ after_seq }).where('webhook_id', '=', webhookId).execute();
}
