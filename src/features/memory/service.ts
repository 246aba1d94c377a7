import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { MOST_MEMORIES, type CreateMemory, type ListFilter, type UpdateMemory } from './contract.ts';
import { forgetMemory } from './forget.ts';
import type { Meaning } from './meaning/meaning.ts';
import { withOrigins, type MemoryWithOrigin } from './origins.ts';
import { deleteForgotten } from './queries/forgotten.ts';
import {
  countMemories,
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

function tooMany(): AppError {
  return new AppError({
    code: 'memory.too_many',
    kind: 'conflict',
    message: `There is room for ${MOST_MEMORIES} memories; forget some first`,
  });
}

export interface ListOptions {
  q?: string | undefined;
  before: string | undefined;
  count: number;
  filter?: ListFilter | undefined;
}

/** A page of all a user has; with `q` those that have all its words, in any order and form. */
export async function listMemories(
  tx: Tx,
  userId: string,
  { q = '', before, count, filter }: ListOptions,
): Promise<MemoryWithOrigin[]> {
  const isSearch = q.trim() !== '';
  const terms = isSearch ? await searchTerms(tx.db, q) : undefined;
  // Nothing but punctuation is in no memory.
  if (terms?.length === 0) return [];
  const found = await selectMemories(tx.db, userId, { before, count, terms, filter });
  return await withOrigins(tx.db, userId, found);
}

async function withOrigin(tx: Tx, userId: string, memory: Memory): Promise<MemoryWithOrigin> {
  const [found] = await withOrigins(tx.db, userId, [memory]);
  return found ?? { ...memory, origin: null };
}

/** @throws AppError `memory.not_found` */
export async function getMemory(tx: Tx, userId: string, id: string): Promise<MemoryWithOrigin> {
  const found = await selectMemory(tx.db, userId, id);
  if (!found) throw notFound();
  return await withOrigin(tx, userId, found);
}

/** @throws AppError `memory.key_taken`, `memory.too_many` */
export async function createMemory(
  tx: Tx,
  userId: string,
  input: CreateMemory,
  meaning?: Meaning,
): Promise<MemoryWithOrigin> {
  if ((await countMemories(tx.db, userId)) >= MOST_MEMORIES) throw tooMany();
  const made = await insertMemory(tx.db, { id: newId(), user_id: userId, source: 'user', ...input });
  if (!made) throw keyTaken(input.key);
  await deleteForgotten(tx.db, userId, [made]);
  tellChanged(tx, userId, made.id);
  meaning?.changed(tx, userId);
  return { ...made, origin: null };
}

/** What a user rewrites is their own word, and remembered again if they had had it forgotten. */
export async function updateMemory(
  tx: Tx,
  userId: string,
  id: string,
  change: UpdateMemory,
  meaning?: Meaning,
): Promise<MemoryWithOrigin> {
  const current = await getMemory(tx, userId, id);
  if (Object.keys(change).length === 0) return current;
  if (change.key !== undefined && change.key !== current.key) {
    const taken = await selectKey(tx.db, userId, change.key);
    if (taken && taken.id !== id && taken.key === change.key) throw keyTaken(change.key);
  }
  const rewritten = change.value !== undefined && { source: 'user' as const, trust: 'trusted' as const };
  tellChanged(tx, userId, id);
  const changed = await updateMemoryRow(tx.db, userId, id, { ...change, ...rewritten });
  if (change.key !== undefined || change.value !== undefined) {
    await deleteForgotten(tx.db, userId, [changed]);
    meaning?.changed(tx, userId);
  }
  return { ...changed, origin: current.origin };
}

export async function deleteMemory(tx: Tx, userId: string, id: string): Promise<void> {
  if (!(await forgetMemory(tx, userId, id))) throw notFound();
}
