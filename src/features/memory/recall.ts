import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { deleteMemoryRow, selectKey, upsertMemory, type Memory } from './queries/memories.ts';
import { searchMemories, searchTerms } from './queries/search.ts';
import { tellChanged } from './tell.ts';

export interface Fact {
  key: string;
  value: string;
  source: Memory['source'];
  /** `<thing>:<id>`: where it was said. */
  source_ref: string | null;
  assistant_id: string | null;
  /** Tainted: it came from a stranger. Default trusted. */
  trust?: Memory['trust'];
}

/** Keeps a fact; one known under the same key, upper and lower case aside, is replaced. */
export async function remember(tx: Tx, userId: string, fact: Fact): Promise<Memory> {
  const known = await selectKey(tx.db, userId, fact.key);
  const kept = await upsertMemory(tx.db, {
    id: newId(),
    user_id: userId,
    trust: 'trusted',
    ...fact,
    key: known?.key ?? fact.key,
  });
  tellChanged(tx, userId, kept.id);
  return kept;
}

/** What is known about something: facts with all its words, else those with some of them, the best match first. */
export async function recall(tx: Tx, userId: string, query: string, limit: number): Promise<Memory[]> {
  const terms = await searchTerms(tx.db, query);
  if (terms.length === 0) return [];
  const exact = await searchMemories(tx.db, userId, { terms, match: 'all', count: limit });
  if (exact.length > 0 || terms.length === 1) return exact;
  return await searchMemories(tx.db, userId, { terms, match: 'any', count: limit });
}

/** Whether there was such a fact. It is gone for good. */
export async function forget(tx: Tx, userId: string, key: string): Promise<boolean> {
  const known = await selectKey(tx.db, userId, key);
  if (known === undefined || !(await deleteMemoryRow(tx.db, userId, known.id))) return false;
  tellChanged(tx, userId, known.id);
  return true;
}

/** What an assistant should have in mind for a message: pinned facts, then those that share words with it. */
export async function relevantMemories(
  tx: Tx,
  userId: string,
  text: string,
  limit: number,
): Promise<Memory[]> {
  const terms = await searchTerms(tx.db, text);
  return await searchMemories(tx.db, userId, { terms, match: 'any', withPinned: true, count: limit });
}
