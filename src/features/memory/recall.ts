import type { Tx } from '#platform/db/index.ts';
import { fuse } from './meaning/fuse.ts';
import type { Meaning } from './meaning/meaning.ts';
import { selectStillNear } from './queries/embeddings.ts';
import { markUsed, selectByIds, selectPinned, type Memory } from './queries/memories.ts';
import { searchByWords } from './search/search-words.ts';

/** Of what is found by words, what is this much worse than the best is left out. */
const WORSE = 0.35;

interface Wanted {
  text: string;
  count: number;
  /** What is near in meaning counts, too, where it was prepared for this text. */
  meaning?: Meaning | undefined;
}

async function search(tx: Tx, userId: string, { text, count, meaning }: Wanted): Promise<Memory[]> {
  const ranked = await searchByWords(tx.db, userId, text, count);
  const least = (ranked[0]?.score ?? 0) * WORSE;
  const byWords = ranked.filter(({ score }) => score >= least).map(({ id }) => id);
  const near = meaning ? await selectStillNear(tx.db, userId, meaning.near(userId, text)) : [];
  return await selectByIds(tx.db, userId, fuse([byWords, near]).slice(0, count));
}

function used(tx: Tx, userId: string, memories: Memory[]): Memory[] {
  const ids = memories.map(({ id }) => id);
  if (ids.length > 0) tx.last(markUsed(userId, ids));
  return memories;
}

/** What is known about something, the best match first. */
export async function recall(tx: Tx, userId: string, wanted: Wanted): Promise<Memory[]> {
  return used(tx, userId, await search(tx, userId, wanted));
}

/**
 * What an assistant should have in mind for a message: pinned facts, then those that have to do with it. Their `trust`
 * says which came from strangers.
 */
export async function relevantMemories(tx: Tx, userId: string, wanted: Wanted): Promise<Memory[]> {
  const pinned = await selectPinned(tx.db, userId, wanted.count);
  const known = new Set(pinned.map(({ id }) => id));
  const matching = await search(tx, userId, wanted);
  const all = [...pinned, ...matching.filter(({ id }) => !known.has(id))];
  return used(tx, userId, all.slice(0, wanted.count));
}
