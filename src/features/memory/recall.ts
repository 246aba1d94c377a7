import type { Db, Tx } from '#platform/db/index.ts';
import { fuse } from './meaning/fuse.ts';
import type { Meaning } from './meaning/meaning.ts';
import { selectStillNear } from './queries/embeddings.ts';
import { markUsed, selectByIds, selectPinned, type Memory } from './queries/memories.ts';
import { searchByWords } from './search/search-words.ts';

/** Of what is found by words, what is this much worse than the best is left out. */
const WORSE = 0.35;
/** What tells less than this of a message has nothing to do with it. */
const LITTLE = 0.12;

interface Wanted {
  text: string;
  count: number;
  /** What is near in meaning counts, too, where it was prepared for this text. */
  meaning?: Meaning | undefined;
}

interface Search extends Wanted {
  /** How much of the text it has to tell. */
  least: number;
}

async function search(db: Db, userId: string, { text, count, meaning, least }: Search): Promise<Memory[]> {
  const [ranked, near] = await Promise.all([
    searchByWords(db, userId, text, count),
    meaning ? selectStillNear(db, userId, meaning.near(userId, text)) : [],
  ]);
  const enough = Math.max(least, (ranked[0]?.score ?? 0) * WORSE);
  const byWords = ranked.filter(({ score }) => score >= enough).map(({ id }) => id);
  return await selectByIds(db, userId, fuse([byWords, near]).slice(0, count));
}

/** Notes that an assistant was told these. */
export function noteUsed(tx: Tx, userId: string, memories: readonly Memory[]): void {
  const ids = memories.map(({ id }) => id);
  if (ids.length > 0) tx.last(markUsed(userId, ids));
}

/** What is known about something, the best match first. */
export async function recall(tx: Tx, userId: string, wanted: Wanted): Promise<Memory[]> {
  const found = await search(tx.db, userId, { ...wanted, least: 0 });
  noteUsed(tx, userId, found);
  return found;
}

/**
 * What an assistant should have in mind for a message: pinned facts, then those that have to do with it. Their `trust`
 * says which came from strangers.
 */
export async function relevantMemories(db: Db, userId: string, wanted: Wanted): Promise<Memory[]> {
  const [pinned, matching] = await Promise.all([
    selectPinned(db, userId, wanted.count),
    search(db, userId, { ...wanted, least: LITTLE }),
  ]);
  const known = new Set(pinned.map(({ id }) => id));
  return [...pinned, ...matching.filter(({ id }) => !known.has(id))].slice(0, wanted.count);
}
