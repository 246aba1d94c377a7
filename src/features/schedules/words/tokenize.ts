import { english } from './lexicon-en.ts';
import { russian } from './lexicon-ru.ts';
import type { Term } from './terms.ts';
import { correctedTerms, correctedUnit } from './typos.ts';

/** A word, number or sign of the text, with everything it may mean. Words we don't know mean nothing. */
export interface Token {
  /** Lower case, ё as е. */
  text: string;
  /** Offsets into the original text. */
  start: number;
  end: number;
  terms: readonly Term[];
}

/** Words of one phrase in a lexicon, at most ("a quarter of an hour"). */
const LONGEST_PHRASE = 5;

const QUOTED = /"[^"]*"|“[^”]*”|«[^»]*»|„[^“]*“/;
const INSTANT = /\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:\d{2})/;
const ISO_DATE = /\d{4}-\d{2}-\d{2}(?:t(?=\d)|(?!\d))/;
const CLOCK = /\d{1,2}:\d{2}(?::\d{2})?(?!\d)/;
const DASHED_DATE = /\d{1,2}-\d{1,2}-\d{4}(?!\d)/;
const YEAR_FIRST = /\d{4}\.\d{1,2}\.\d{1,2}(?!\d)/;
const DOTTED_DATE = /\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\.\d{2}(?:\.\d{2})?(?!\d|\.\d)/;
const SLASHED = /\d{1,4}\/\d{1,2}(?:\/\d{2,4})?/;
/** "2.10.3" numbers a version. */
const VERSION = /\d+(?:\.\d+){2,}/;
const NUMBER = /\d+(?:[.,]\d+)?/;
const DAY_HALF = /[ap]\.m\.?(?!\p{L})|(?<!\p{L})след\.(?=\s)/u;
const WORD = /\p{L}+(?:['’]\p{L}+)*/u;
const SIGN = /[^\s\p{L}\d]/u;

const PIECES = new RegExp(
  [
    ['quoted', QUOTED],
    ['instant', INSTANT],
    ['iso_date', ISO_DATE],
    ['clock', CLOCK],
    ['dashed', DASHED_DATE],
    ['year_first', YEAR_FIRST],
    ['dotted', DOTTED_DATE],
    ['slashed', SLASHED],
    ['version', VERSION],
    ['number', NUMBER],
    ['word', DAY_HALF],
    ['word2', WORD],
    ['sign', SIGN],
  ]
    .map(([name, pattern]) => `(?<${String(name)}>${(pattern as RegExp).source})`)
    .join('|'),
  'gu',
);

/** Splits a text into tokens; phrases of the lexicons become one token each. */
export function tokenize(text: string): Token[] {
  const lower = fold(text);
  const raw: Array<Token & { word: boolean }> = [];
  for (const match of lower.matchAll(PIECES)) {
    const groups = match.groups ?? {};
    const word =
      groups['word'] !== undefined || groups['word2'] !== undefined || groups['sign'] !== undefined;
    const end = match.index + match[0].length;
    const last = raw.at(-1);
    // "5ish" is as good as "about 5"
    if (last && match[0] === 'ish' && last.end === match.index) {
      last.end = end;
      continue;
    }
    raw.push({ text: match[0], start: match.index, end, terms: numericTerms(groups, match[0]), word });
  }
  return joinPhrases(raw);
}

/** Lower case without changing any offset. */
function fold(text: string): string {
  let folded = '';
  for (const unit of text.split('')) {
    const lower = unit.toLowerCase();
    folded += lower === 'ё' ? 'е' : lower.length === unit.length ? lower : unit;
  }
  return folded;
}

function joinPhrases(raw: ReadonlyArray<Token & { word: boolean }>): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < raw.length;) {
    const { token, width } = longestPhrase(raw, at);
    tokens.push(token);
    at += width;
  }
  return tokens;
}

function longestPhrase(
  raw: ReadonlyArray<Token & { word: boolean }>,
  at: number,
): { token: Token; width: number } {
  for (let width = Math.min(LONGEST_PHRASE, raw.length - at); width > 0; width--) {
    const run = raw.slice(at, at + width);
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last || !run.every((piece) => piece.word)) continue;
    const text = run
      .map((piece) => piece.text)
      .join(' ')
      .replaceAll(' - ', '-');
    const terms = [...(english.get(text) ?? []), ...(russian.get(text) ?? [])];
    if (terms.length > 0) return { token: { text, start: first.start, end: last.end, terms }, width };
  }
  const piece = raw[at];
  if (!piece) throw new RangeError('no token there');
  const terms = piece.word && piece.terms.length === 0 ? mistypedTerms(raw, at) : piece.terms;
  return { token: { text: piece.text, start: piece.start, end: piece.end, terms }, width: 1 };
}

/** What a word that is in no lexicon means if it is a slip of one that is. */
function mistypedTerms(raw: ReadonlyArray<Token & { word: boolean }>, at: number): readonly Term[] {
  const [counting, number, piece] = raw.slice(Math.max(at - 2, 0), at + 1);
  if (!piece || !counting || !number?.terms.some(({ type }) => type === 'number'))
    return correctedTerms(raw[at]?.text ?? '');
  return /^(?:in|every|через|черз|кажды[ей])$/.test(counting.text)
    ? correctedUnit(piece.text)
    : correctedTerms(piece.text);
}

function numericTerms(groups: Record<string, string | undefined>, text: string): Term[] {
  if (groups['instant'] !== undefined) return [{ type: 'instant', epoch_ms: Date.parse(text.toUpperCase()) }];
  if (groups['iso_date'] !== undefined) {
    const [year = 0, month = 0, day = 0] = text.replace('t', '').split('-').map(Number);
    return [{ type: 'date', day, month, year }];
  }
  if (groups['clock'] !== undefined) {
    const terms = clockTerms(text.split(':').map(Number));
    return terms.length > 0 ? terms : [{ type: 'no_clock' }];
  }
  if (groups['dashed'] !== undefined) return slashedTerms(text.replaceAll('-', '/'));
  if (groups['year_first'] !== undefined) return slashedTerms(text.replaceAll('.', '/'));
  if (groups['dotted'] !== undefined) return dottedTerms(text);
  if (groups['slashed'] !== undefined) return slashedTerms(text);
  if (groups['number'] !== undefined)
    return [{ type: 'number', value: Number(text.replace(',', '.')), digits: true }];
  return [];
}

function clockTerms([hour = 0, minute = 0, second = 0]: number[]): Term[] {
  return hour < 24 && minute < 60 && second < 60 ? [{ type: 'clock', hour, minute, second }] : [];
}

/** "18.30" is a time, a day and month, or a decimal number: what stands around it decides. */
function dottedTerms(text: string): Term[] {
  const [first = 0, second = 0, third] = text.split('.').map(Number);
  const terms: Term[] = [];
  if (third !== undefined) {
    return isDate(first, second)
      ? [{ type: 'date', day: first, month: second, year: third < 100 ? 2000 + third : third }]
      : [];
  }
  terms.push(...clockTerms([first, second]));
  if (isDate(first, second)) terms.push({ type: 'date', day: first, month: second });
  terms.push({ type: 'number', value: Number(text), digits: true });
  return terms;
}

function slashedTerms(text: string): Term[] {
  const [a = 0, b = 0, c] = text.split('/').map(Number);
  if (text === '24/7') return [];
  if (a > 31) return c !== undefined && isDate(c, b) ? [{ type: 'date', day: c, month: b, year: a }] : [];
  const year = c === undefined ? {} : { year: c < 100 ? 2000 + c : c };
  const readings = [
    [a, b],
    [b, a],
  ].filter(([day = 0, month = 0]) => isDate(day, month));
  const [reading] = readings;
  if (!reading) return [];
  const [day = 0, month = 0] = reading;
  return readings.length === 1 || a === b
    ? [{ type: 'date', day, month, ...year }]
    : [{ type: 'ambiguous_date' }];
}

function isDate(day: number, month: number): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}
