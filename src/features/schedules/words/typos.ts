import { english } from './lexicon-en.ts';
import { russian } from './lexicon-ru.ts';
import type { Term } from './terms.ts';

/** Shorter words are too often one letter away from an ordinary one. */
const SHORTEST = 5;

const strong = ({ type, ...term }: Term): boolean =>
  type === 'weekday' ||
  type === 'relative_day' ||
  (type === 'month' && !('weak' in term)) ||
  (type === 'keyword' && 'keyword' in term && term.keyword === 'every');

let targets: readonly string[] | undefined;

function words(): readonly string[] {
  targets ??= [...english, ...russian].flatMap(([word, terms]) =>
    word.length >= SHORTEST && !word.includes(' ') && terms.some(strong) ? [word] : [],
  );
  return targets;
}

/**
 * Whether a word we don't know is a day, a month or "every" with one letter wrong, missing, doubled or swapped:
 * "кажый день" must not be taken for once. First and last letter stand, or "завтрак" would be "завтра".
 */
export function looksMistyped(word: string): boolean {
  return words().some(
    (target) =>
      Math.abs(target.length - word.length) <= 1 &&
      target[0] === word[0] &&
      target.at(-1) === word.at(-1) &&
      oneEditApart(word, target),
  );
}

function oneEditApart(a: string, b: string): boolean {
  if (a === b) return false;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
