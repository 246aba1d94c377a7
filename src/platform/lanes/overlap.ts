import { sql } from 'kysely';
import { newId } from '#platform/ids/index.ts';
import { scopeOf } from '#platform/db/effects.ts';
import type { Db, NewLaneItem, Tx } from '#platform/db/index.ts';
import { requestCancel } from './queries.ts';

/**
 * What becomes of work that is to begin while work of the same key is still under way.
 * `skip`: it is left out. `buffer_one`: it waits, and one that waits already takes its place. `buffer_all`: it waits.
 * `cancel_other`: what is under way is asked to stop and what waits is ended; it comes next. `allow`: it begins at once.
 */
export type OverlapPolicy = 'skip' | 'buffer_one' | 'buffer_all' | 'cancel_other' | 'allow';

/** Nobody else decides about the key until the transaction ends. */
async function lockKey(db: Db, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`overlap ${key}`}, 0))`.execute(db);
}

async function countUnfinished(db: Db, key: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from lane_items where lane_key = ${key} and finished_at is null`.execute(
    db,
  );
  return rows[0]!.count;
}

/** Ends what waits behind the head, and the head too while nobody works it. */
async function endWaiting(db: Db, key: string): Promise<void> {
  await sql`select from lanes where key = ${key} for no key update`.execute(db);
  await sql`
    update lane_items i set status = 'cancelled', finished_at = app_now(), error = 'overtaken by the next'
    from lanes l where l.key = ${key} and i.lane_key = l.key and i.finished_at is null and i.seq <> l.head_seq`.execute(
    db,
  );
}

/**
 * Enqueues work by what its policy says of the work of the same key that has not ended. For the system role; keys of one
 * transaction in order.
 * @returns whether it was enqueued
 */
export async function enqueueByOverlap(tx: Tx, policy: OverlapPolicy, item: NewLaneItem): Promise<boolean> {
  if (policy === 'allow') {
    tx.enqueue({ ...item, key: `${scopeOf(item.key)}:${newId()}` });
    return true;
  }
  await lockKey(tx.db, item.key);
  const unfinished = policy === 'buffer_all' ? 0 : await countUnfinished(tx.db, item.key);
  if (policy === 'skip' && unfinished > 0) return false;
  if (policy === 'buffer_one' && unfinished > 1) return false;
  if (policy === 'cancel_other' && unfinished > 0) {
    await endWaiting(tx.db, item.key);
    await requestCancel(tx.db, item.key);
    tx.hint(`cancel:${item.key}`);
  }
  tx.enqueue(item);
  return true;
}
