import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { CreateMemory, UpdateMemory } from './contract.ts';
import {
  deleteMemoryRow,
  insertMemory,
  selectKey,
  selectMemories,
  selectMemory,
  updateMemoryRow,
  type Memory,
} from './queries/memories.ts';
import { searchTerms } from './queries/search.ts';
import { tellChanged } from './tell.ts';

function notFound(): AppError {
  return new AppError({ code: 'memory.not_found', kind: 'not_found', message: 'There is no such memory' });
}

function keyTaken(key: string): AppError {
  return new AppError({
    code: 'memory.key_taken',
    kind: 'conflict',
    message: `There is already a memory with the key ${key}`,
    problems: [{ path: 'key', message: 'is taken' }],
  });
}

/** A page of all a user has; with `q` those that have all its words, in any order and form. */
export async function listMemories(
  tx: Tx,
  userId: string,
  { q = '', before, count }: { q?: string | undefined; before: string | undefined; count: number },
): Promise<Memory[]> {
  if (q.trim() === '') return await selectMemories(tx.db, userId, { before, count, terms: undefined });
  const terms = await searchTerms(tx.db, q);
  // Nothing but punctuation is in no memory.
  return terms.length === 0 ? [] : await selectMemories(tx.db, userId, { before, count, terms });
}

/** @throws AppError `memory.not_found` */
export async function getMemory(tx: Tx, userId: string, id: string): Promise<Memory> {
  const found = await selectMemory(tx.db, userId, id);
  if (!found) throw notFound();
  return found;
}

export async function createMemory(tx: Tx, userId: string, input: CreateMemory): Promise<Memory> {
  const made = await insertMemory(tx.db, { id: newId(), user_id: userId, source: 'user', ...input });
  if (!made) throw keyTaken(input.key);
  tellChanged(tx, userId, made.id);
  return made;
}

/** What a user rewrites is their own word. */
export async function updateMemory(
  tx: Tx,
  userId: string,
  id: string,
  change: UpdateMemory,
): Promise<Memory> {
  const current = await getMemory(tx, userId, id);
  if (Object.keys(change).length === 0) return current;
  if (change.key !== undefined && change.key !== current.key) {
    const taken = await selectKey(tx.db, userId, change.key);
    if (taken && taken.id !== id && taken.key === change.key) throw keyTaken(change.key);
  }
  const rewritten = change.value !== undefined && { source: 'user' as const, trust: 'trusted' as const };
  tellChanged(tx, userId, id);
  return await updateMemoryRow(tx.db, userId, id, { ...change, ...rewritten });
}

export async function deleteMemory(tx: Tx, userId: string, id: string): Promise<void> {
  if (!(await deleteMemoryRow(tx.db, userId, id))) throw notFound();
  tellChanged(tx, userId, id);
}
