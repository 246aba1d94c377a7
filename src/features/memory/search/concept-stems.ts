import type { Db } from '#platform/db/index.ts';
import { selectStems } from '../queries/words.ts';
import { conceptsOf, conceptWords, type Concepts } from './concept-index.ts';

/** The dictionaries are PostgreSQL's, so it is asked, once in a process. */
let known: Concepts | undefined;

export async function concepts(db: Db): Promise<Concepts> {
  if (known) return known;
  const stems = await selectStems(db, conceptWords);
  known = conceptsOf(new Map(conceptWords.map((word, at) => [word, stems[at] ?? []])));
  return known;
}
