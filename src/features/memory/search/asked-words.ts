import type { Concepts } from './concept-index.ts';
import { editDistance } from './edit-distance.ts';
import type { Likeness } from './likeness.ts';

/** A word of a question with what it may mean: stems and how much each counts, 1 for the word itself. */
export interface AskedWord {
  stem: string;
  weight: number;
  means: ReadonlyMap<string, number>;
}

/** What a word of the same group counts. */
const MATE = 0.75;
/** What a longer word that begins with it counts. */
const BEGINNING = 0.5;
/** What a word counts that would be it but for a slip. */
const SLIP = 0.7;

/** Words of questions and requests, not of what they are about: never looked for by themselves. Stems. */
const EMPTY = new Set(
  (
    'tell pleas know rememb recal find give show want need use usual current much mani long often also still ' +
    'must shall should would could may might can get got go goe come keep put let make take thing someth anyth ' +
    'one ani everi us whose via ' +
    'скаж подскаж напомн помн знаеш покаж найд котор скольк нужн над мо наш эт так ещ прост сейчас обычн ' +
    'пожалуйст мне мен ваш тво'
  ).split(' '),
);

/** What is asked with, of a question's stems and those its phrases add. */
export function askedWords(
  stems: readonly string[],
  hinted: readonly string[],
  concepts: Concepts,
  like: Likeness,
): AskedWord[] {
  const telling = stems.filter((stem) => !EMPTY.has(stem));
  const asked = (telling.length > 0 ? telling : stems).map((stem) => {
    const means = new Map(like(stem));
    for (const mate of concepts.get(stem) ?? []) means.set(mate, MATE);
    means.set(stem, 1);
    return { stem, weight: 1, means };
  });
  const hints = hinted.filter((stem) => !stems.includes(stem));
  if (hints.length === 0 || asked.length === 0) return asked;
  return [...asked, { stem: '', weight: 0.5, means: new Map(hints.map((stem) => [stem, 1])) }];
}

/** How many slips a word bears: one in five letters, two in nine; numbers none. */
function slipsOf(stem: string): number {
  if (/\d/.test(stem) || stem.length < 4) return 0;
  return stem.length < 8 ? 1 : 2;
}

/** The same word, when it is in no memory, with what it may have been meant to be. @param known words that there are */
export function meantBy(word: AskedWord, known: readonly string[], concepts: Concepts): AskedWord {
  const { stem } = word;
  const most = slipsOf(stem);
  const means = new Map(word.means);
  const mean = (meant: string, weight: number) => means.set(meant, Math.max(weight, means.get(meant) ?? 0));
  for (const candidate of known) {
    if (stem.length >= 4 && candidate.startsWith(stem)) mean(candidate, BEGINNING);
    else if (most > 0 && editDistance(stem, candidate, most) <= most) mean(candidate, SLIP);
  }
  for (const [concept, mates] of concepts) {
    if (most === 0 || word.means.size > 1 || concept[0] !== stem[0]) continue;
    if (editDistance(stem, concept, most) > most) continue;
    for (const mate of [concept, ...mates]) mean(mate, MATE * SLIP);
  }
  return { ...word, means };
}
