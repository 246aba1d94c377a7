import { compiledOnce, type Db } from '#platform/db/index.ts';
import type { Summary } from '../contract.ts';

function summaries(db: Db) {
  return db.selectFrom('summaries').selectAll('summaries').$castTo<Summary>();
}

export type NewSummary = Pick<
  Summary,
  'id' | 'user_id' | 'thread_id' | 'up_to_seq' | 'text' | 'model' | 'tainted'
>;

export async function insertSummary(db: Db, summary: NewSummary): Promise<Summary> {
  return await db
    .insertInto('summaries')
    .values(summary)
    .returningAll()
    .$castTo<Summary>()
    .executeTakeFirstOrThrow();
}

/** Those in use that stand for what came before the message `before_seq`, the one that goes furthest first. */
export function summariesBefore(db: Db, threadId: string, before_seq: number) {
  return db
    .selectFrom('summaries')
    .where('thread_id', '=', threadId)
    .where('up_to_seq', '<', before_seq)
    .where('is_active', '=', true)
    .orderBy('up_to_seq', 'desc')
    .orderBy('id', 'desc');
}

const before = compiledOnce((db, of: { thread_id: string; seq: number }) =>
  summariesBefore(db, of.thread_id, of.seq).selectAll('summaries').$castTo<Summary>().limit(1),
);

/** The first of them. */
export async function selectSummaryBefore(
  db: Db,
  threadId: string,
  before_seq: number,
): Promise<Summary | undefined> {
  return (await before(db, { thread_id: threadId, seq: before_seq }))[0];
}

export async function selectSummary(db: Db, threadId: string, id: string): Promise<Summary | undefined> {
  return await summaries(db).where('thread_id', '=', threadId).where('id', '=', id).executeTakeFirst();
}

/** Newest first; with `before` only those older than this id. */
export async function selectSummaries(
  db: Db,
  threadId: string,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<Summary[]> {
  let query = summaries(db).where('thread_id', '=', threadId);
  if (before !== undefined) query = query.where('id', '<', before);
  return await query.orderBy('id', 'desc').limit(limit).execute();
}

export async function updateSummary(
  db: Db,
  id: string,
  change: Partial<Pick<Summary, 'text' | 'model' | 'tainted' | 'is_active'>>,
): Promise<Summary | undefined> {
  return await db
    .updateTable('summaries')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .$castTo<Summary>()
    .executeTakeFirst();
}

export async function deleteSummary(db: Db, id: string): Promise<void> {
  await db.deleteFrom('summaries').where('id', '=', id).execute();
}

/** Summaries that stand for a message, or for one after it, are used no more. */
export async function dropSummariesFrom(db: Db, threadId: string, seq: number): Promise<void> {
  await db
    .updateTable('summaries')
    .set({ is_active: false })
    .where('thread_id', '=', threadId)
    .where('up_to_seq', '>=', seq)
    .where('is_active', '=', true)
    .execute();
}
