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
 * "кажый день" must not be taken for once. First and last letter stand, or "завтрак" would be "завтра"; the last of a
 * long word of the same length may be another, as in "завтро".
 */
export function looksMistyped(word: string): boolean {
  return words().some((target) => isSlip(word, target));
}

/** What follows a count: "20 mintues" speaks of time as "20 minutes" does. */
export function looksLikeUnit(word: string): boolean {
  return units().some((target) => isSlip(word, target));
}

let unitWords: readonly string[] | undefined;

function units(): readonly string[] {
  unitWords ??= [...english, ...russian].flatMap(([word, terms]) =>
    word.length >= SHORTEST && !word.includes(' ') && terms.some(({ type }) => type === 'unit') ? [word] : [],
  );
  return unitWords;
}

/** From this length on a word one letter away is no other word. */
const SURE = 6;
/** Ordinary words that are one letter away, found with dictionaries of both languages. */
const OTHER_WORDS = new Set(
  'sundry sundae sundaes sunray sunrays overborrow четверо четверка четверку четверки четвертка путница путницу путницы путнице янтарь янтаря янтаре'.split(
    ' ',
  ),
);

/** What a mistyped day, month or "every" means, where only one such word is near. */
export function correctedTerms(word: string): readonly Term[] {
  if (word.length < SURE - 1 || OTHER_WORDS.has(word)) return [];
  return agreed(words().filter((target) => target.length >= SURE && isSlip(word, target)));
}

/** The same for a unit of time, which must stand behind "in" or "every" and a number: "in 20 mintues". */
export function correctedUnit(word: string): readonly Term[] {
  const near = units().filter((target) => isSlip(word, target));
  const terms = near.flatMap((target) => english.get(target) ?? russian.get(target) ?? []);
  const said = terms.filter((found) => found.type === 'unit');
  return said.every(({ unit }) => unit === said[0]?.unit) ? said.slice(-1) : [];
}

function agreed(near: readonly string[]): readonly Term[] {
  const meanings = near.map((target) => english.get(target) ?? russian.get(target) ?? []);
  const [first] = meanings;
  return first && meanings.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : [];
}

function isSlip(word: string, target: string): boolean {
  if (Math.abs(target.length - word.length) > 1 || target[0] !== word[0]) return false;
  if (target.at(-1) === word.at(-1)) return oneEditApart(word, target);
  return (
    target.length >= 6 &&
    target.length === word.length &&
    word !== target &&
    word.slice(0, -1) === target.slice(0, -1)
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
