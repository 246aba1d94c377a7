import { z } from 'zod';
import type { Db, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { id } from '#platform/http/fields.ts';
import { decodeCursor, page, type Page } from '#platform/http/pagination.ts';
import type { Summary } from '../contract.ts';
import { threadEvent } from '../events.ts';
import { deleteSummary, selectSummaries, selectSummary, updateSummary } from '../queries/summaries.ts';
import { getThread } from '../service.ts';

function noSuchSummary(): AppError {
  return new AppError({
    code: 'summaries.not_found',
    kind: 'not_found',
    message: 'There is no such summary',
  });
}

/** A page of a thread's summaries, newest first. @throws AppError `threads.not_found` */
export async function summaryPage(
  db: Db,
  threadId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Summary>> {
  const before = decodeCursor(cursor, z.tuple([id]))?.[0];
  const rows = await selectSummaries(db, threadId, { before, limit: limit + 1 });
  if (rows.length === 0) await getThread(db, threadId);
  return page(rows, limit, (row) => [row.id]);
}

/**
 * Changes what models are shown of before. What the user rewrites is their own word: no model's any more, and no
 * stranger's.
 * @throws AppError `threads.not_found`, `summaries.not_found`
 */
export async function changeSummary(
  tx: Tx,
  threadId: string,
  summaryId: string,
  { text, is_active }: { text?: string | undefined; is_active?: boolean | undefined },
): Promise<Summary> {
  const thread = await getThread(tx.db, threadId);
  const found = await selectSummary(tx.db, threadId, summaryId);
  if (!found) throw noSuchSummary();
  const rewritten = text !== undefined && text !== found.text && { text, model: null, tainted: false };
  const change = { ...rewritten, ...(is_active !== undefined && { is_active }) };
  if (Object.keys(change).length === 0) return found;
  const changed = await updateSummary(tx.db, summaryId, change);
  if (!changed) throw noSuchSummary();
  tx.emit(threadEvent(thread));
  return changed;
}

/** When it is needed, another is made. @throws AppError `threads.not_found`, `summaries.not_found` */
export async function removeSummary(tx: Tx, threadId: string, summaryId: string): Promise<void> {
  const thread = await getThread(tx.db, threadId);
  if (!(await selectSummary(tx.db, threadId, summaryId))) throw noSuchSummary();
  await deleteSummary(tx.db, summaryId);
  tx.emit(threadEvent(thread));
}
