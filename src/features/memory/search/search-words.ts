import type { Db } from '#platform/db/index.ts';
import { rankByWords, type Ranked } from '../queries/rank.ts';
import { hasWords, selectStems, selectWordsWith } from '../queries/words.ts';
import { askedWords, meantBy, type AskedWord } from './asked-words.ts';
import { concepts } from './concept-stems.ts';
import { CUES } from './concepts.ts';
import { likeness } from './likeness.ts';

/** Memories in force that share words with a text, or words for the same, or like them, or nearly the same words; the best first. */
export async function searchByWords(db: Db, userId: string, text: string, count: number): Promise<Ranked[]> {
  const hints = CUES.flatMap(([pattern, words]) => (pattern.test(text) ? [words] : [])).join(' ');
  const [[stems = [], hinted = []], remembers] = await Promise.all([
    selectStems(db, [text, hints]),
    hasWords(db, userId),
  ]);
  if (!remembers) return [];
  const asked = askedWords(stems, hinted, await concepts(db), await likeness());
  if (asked.length === 0) return [];
  const found = await rankByWords(db, userId, asked, count);
  const guessed = await guess(db, userId, asked, found.missing);
  return guessed ? (await rankByWords(db, userId, guessed, count)).memories : found.memories;
}

/** The words with those that no memory has taken for what they begin or nearly are; undefined when that is no news. */
async function guess(
  db: Db,
  userId: string,
  asked: readonly AskedWord[],
  missing: readonly number[],
): Promise<AskedWord[] | undefined> {
  const strange = asked.filter(({ stem }, part) => missing.includes(part) && stem.length >= 4);
  if (strange.length === 0) return undefined;
  const beginnings = new Set(strange.map(({ stem }) => stem.slice(0, 1)));
  const words = await selectWordsWith(db, userId, [...beginnings]);
  const known = await concepts(db);
  const guessed = asked.map((word) => (strange.includes(word) ? meantBy(word, words, known) : word));
  return guessed.some(({ means }, part) => means.size > asked[part]!.means.size) ? guessed : undefined;
}
