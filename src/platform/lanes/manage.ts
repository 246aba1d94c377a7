import { sql } from 'kysely';
import { scopeOf } from '#platform/db/effects.ts';
import type { Db, JsonValue, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { LaneHandler } from './handlers.ts';
import type { ClaimedItem } from './queries.ts';

/*
 * What a person does with an item. An item that a worker holds is never touched: it is the head of a leased lane, and
 * the lane's row lock, which claiming and committing take too, says whether it is.
 */

export interface ItemName {
  key: string;
  seq: number;
}

export type ItemStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled' | 'parked';

/** An item with what its lane says about it. */
export interface ManagedItem {
  key: string;
  seq: number;
  user_id: string | null;
  type: ClaimedItem['type'];
  kind: string;
  payload: Record<string, JsonValue>;
  priority: 0 | 1 | 2;
  status: ItemStatus;
  attempt: number;
  dedupe_key: string | null;
  enqueued_at: Date;
  finished_at: Date | null;
  /** A worker holds it. */
  held: boolean;
  fence: number;
  next_seq: number;
}

type FindHandler = (kind: string) => LaneHandler | undefined;

function refuse(code: string, message: string, kind: 'not_found' | 'conflict' = 'conflict'): AppError {
  return new AppError({ code, kind, message });
}

async function findItem(db: Db, { key, seq }: ItemName): Promise<ManagedItem> {
  const { rows } = await sql<ManagedItem>`
    select i.lane_key as key, i.seq, l.user_id, i.type, i.kind, i.payload, i.priority, i.status, i.attempt,
           i.dedupe_key, i.enqueued_at, i.finished_at, l.leased_by is not null and l.head_seq = i.seq as held,
           l.fence, l.next_seq
    from lane_items i join lanes l on l.key = i.lane_key
    where i.lane_key = ${key} and i.seq = ${seq}`.execute(db);
  const [found] = rows;
  if (!found) throw refuse('jobs.not_found', 'There is no such job', 'not_found');
  return found;
}

async function findWaiting(db: Db, name: ItemName): Promise<ManagedItem> {
  const item = await findItem(db, name);
  if (item.held) throw refuse('jobs.held', 'A worker is at it just now');
  if (item.finished_at !== null) throw refuse('jobs.not_pending', `It is ${item.status} already`);
  return item;
}

/** From here to the commit its item can't begin, end or change hands. */
async function lockLane(db: Db, key: string): Promise<void> {
  await sql`select from lanes where key = ${key} for no key update`.execute(db);
}

function asClaimed(item: ManagedItem): ClaimedItem {
  const { key, user_id, fence, seq, type, kind, payload, attempt, enqueued_at } = item;
  const base = { key, user_id, fence, seq, type, kind, payload, attempt, enqueued_at };
  return { ...base, cancel_requested: false, waited_ms: 0 };
}

/**
 * Ends an item that waits, wherever in its lane it stands; its user is told as when it is given up.
 * @throws AppError 'jobs.not_found', 'jobs.held', 'jobs.not_pending'
 */
export async function endItem(
  tx: Tx,
  name: ItemName,
  status: 'cancelled' | 'parked',
  error: string,
  handlerOf: FindHandler,
): Promise<ManagedItem> {
  const { db } = tx;
  const before = await findWaiting(db, name);
  // What an item's end writes comes before its lane, as with a worker: two that cross in this could wait for each other.
  await handlerOf(before.kind)?.onParked?.(tx, asClaimed(before), error);
  await lockLane(db, name.key);
  await findWaiting(db, name);
  await sql`update lane_items set status = ${status}, error = ${error}, finished_at = (select app_now())
    where lane_key = ${name.key} and seq = ${name.seq}`.execute(db);
  // The next one's turn it is at once where the lane waited for this one.
  await sql`
    update lanes l set not_before = (select app_now()), head_seq = (
        select i.seq from lane_items i
        where i.lane_key = l.key and i.seq > l.head_seq and i.finished_at is null order by i.seq limit 1)
      where l.key = ${name.key} and l.head_seq = ${name.seq}`.execute(db);
  await sql`
    update lanes l set idle_since = case when l.head_seq is null then (select app_now()) end,
        priority = coalesce((select min(i.priority) from lane_items i
                              where i.lane_key = l.key and i.finished_at is null), l.priority)
      where l.key = ${name.key}`.execute(db);
  tx.hint(`lane:${scopeOf(name.key)}`);
  return await findItem(db, name);
}

const priorities = ['high', 'normal', 'low'] as const;

/** Whether what was given up can be taken up again: what its end has told the user is to be undone. */
function isRepeatable(handler: LaneHandler | undefined): boolean {
  return handler !== undefined && (handler.onParked === undefined || handler.onRetried !== undefined);
}

/**
 * Puts an item that was given up at the end of its lane, as new: what came after it may have been done already, and what
 * waits keeps its place. Answers its new name.
 * @throws AppError 'jobs.not_found', 'jobs.not_parked', 'jobs.not_repeatable'
 */
export async function retryItem(tx: Tx, name: ItemName, handlerOf: FindHandler): Promise<ItemName> {
  const find = async () => {
    const item = await findItem(tx.db, name);
    if (item.status === 'parked' || item.status === 'failed') return item;
    throw refuse('jobs.not_parked', `It is ${item.status}: only what was given up is tried again`);
  };
  const before = await find();
  const handler = handlerOf(before.kind);
  if (!isRepeatable(handler)) {
    throw refuse('jobs.not_repeatable', `A ${before.kind} that was given up is not tried again: ask anew`);
  }
  await handler?.onRetried?.(tx, asClaimed(before));
  await lockLane(tx.db, name.key);
  const { key, user_id, type, kind, payload, priority, dedupe_key, next_seq } = await find();
  await sql`delete from lane_items where lane_key = ${key} and seq = ${name.seq}`.execute(tx.db);
  tx.enqueue({
    key,
    user_id,
    type,
    kind,
    payload,
    priority: priorities[priority],
    ...(dedupe_key !== null && { dedupe_key }),
  });
  // The lane is locked until the commit that gives it this number.
  return { key, seq: next_seq };
}
