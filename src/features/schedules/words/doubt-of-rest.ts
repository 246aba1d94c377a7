import { term, word } from './combinators.ts';
import { isChangedByNeighbours } from './doubt-of-neighbours.ts';
import { isNoRequest } from './doubt-of-sentence.ts';
import type { SettledReading } from './lengths.ts';
import type { Doubt, Piece } from './meaning.ts';
import type { Keyword } from './terms.ts';
import { speaksOfTime } from './time-like.ts';
import type { Token } from './tokenize.ts';

/** Whether the words that no phrase has used leave a doubt about what was read, or speak of a time themselves. */
export function doubtOfRest(tokens: readonly Token[], reading: SettledReading): Doubt | undefined {
  const pieces = reading.found.flatMap((found) => found.pieces);
  return pieces.length === 0 ? doubtWithoutTime(tokens, reading) : doubtBesideTime(tokens, pieces, reading);
}

function doubtWithoutTime(tokens: readonly Token[], { unused, ofText }: SettledReading): Doubt | undefined {
  if (ofText.size > 0) return 'leftover';
  if (unused.some((index) => word('gone')(tokens, index))) return 'gone';
  if (unused.some((index) => word('vague')(tokens, index))) return 'vague';
  return unused.some((index) => speaksOfTime(tokens, index)) ? 'leftover' : undefined;
}

function doubtBesideTime(
  tokens: readonly Token[],
  pieces: readonly Piece[],
  reading: SettledReading,
): Doubt | undefined {
  const { unused, ofText, unsure } = reading;
  const recurring = pieces.some((piece) => piece.type === 'repeat');
  const leftover = unused.some(
    (index) => !ofText.has(index) && speaksOfTime(tokens, index) && (recurring || !isLength(tokens, index)),
  );
  const doubtful = [leftover, unsure, isInClause(tokens, reading), isDenied(tokens, reading)].some(Boolean);
  if (isAttribute(tokens, reading)) return 'leftover';
  if (isChangedByNeighbours(tokens, reading) || isNoRequest(tokens, reading)) return 'leftover';
  if (doubtful || isCutOff(tokens, reading, recurring)) return 'leftover';
  if (timeStaysOpen(tokens, pieces, unused)) return 'which_time';
  return isWaking(tokens, pieces) ? 'half_of_day' : undefined;
}

const WAKING = /^(?:wake|alarm|будильник|разбуди|разбудите|разбудить|проснуться|просыпаться)$/;

/** "wake me at 7", said in the afternoon: this evening comes first, and is hardly meant. */
function isWaking(tokens: readonly Token[], pieces: readonly Piece[]): boolean {
  const [piece, ...others] = pieces;
  if (piece?.type !== 'clock' || others.length > 0) return false;
  return (
    piece.clocks.some(({ bare, hour }) => bare && hour < 12) && tokens.some(({ text }) => WAKING.test(text))
  );
}

const timed = new Set<Piece['type']>(['clock', 'span', 'window', 'instant']);

/** "tomorrow after lunch", "every day at sunset": days, and a time of them that we can't place. */
function timeStaysOpen(
  tokens: readonly Token[],
  pieces: readonly Piece[],
  unused: readonly number[],
): boolean {
  const hasTime = pieces.some(
    (piece) => timed.has(piece.type) || (piece.type === 'repeat' && piece.repeat.type === 'minutes'),
  );
  return !hasTime && unused.some((index) => word('vague')(tokens, index));
}

/** "for about 10 minutes" beside a clear instant is what to do then, not when. */
function isLength(tokens: readonly Token[], index: number): boolean {
  return [index - 1, index - 2].some((before) => before >= 0 && word('for')(tokens, before) !== undefined);
}

const CLAUSES = new Set(['that', 'что']);

/** "at 20:00 that it's my birthday tomorrow": a time behind "that" is part of what is said then, or of when. */
function isInClause(tokens: readonly Token[], { found, unused }: SettledReading): boolean {
  const clause = unused.find((index) => CLAUSES.has(tokens[index]?.text ?? ''));
  if (clause === undefined) return false;
  return found.some(({ to }) => to <= clause) && found.some(({ from }) => from > clause);
}

const DENIALS = new Set(['not', 'не', 'without', 'except', 'кроме', 'than', 'чем', 'skip', 'past']);
const INSTEADS = new Set(['instead', 'rather', 'вместо']);

/** "not on Monday", "at 9 instead of 10" */
function isDenied(tokens: readonly Token[], { found, unused }: SettledReading): boolean {
  return (
    found.some(({ from }) => DENIALS.has(tokens[from - 1]?.text ?? '') && unused.includes(from - 1)) ||
    unused.some((index) => INSTEADS.has(tokens[index]?.text ?? ''))
  );
}

/** "my 3 pm meeting", "two Mondays from now": what looks like a time says which one, or how many. */
function isAttribute(tokens: readonly Token[], { found, unused }: SettledReading): boolean {
  return found.some(({ from, pieces: [piece] }) => {
    if (!unused.includes(from - 1)) return false;
    const counted = term('number', (number) => !number.ordinal && !number.article)(tokens, from - 1);
    if (term('weekday')(tokens, from) && counted) return true;
    return (
      piece?.type === 'clock' && !word('at')(tokens, from) && word('the', 'possessive')(tokens, from - 1)
    );
  });
}

const AFTER_ANY: readonly Keyword[] = ['zone', 'am', 'pm', 'times'];
const AFTER_REPEAT: readonly Keyword[] = ['until', 'until_end', 'starting', 'except'];
const WHILE = /^(?:during|while|when|if|unless|whenever|only|but|пока|если|когда|во время|только|но)$/;
const TO_SOMETHING = /^(?:before|after|prior|earlier|beforehand|до|после|раньше|перед)$/;

/** "9am EST", "every day at 9 until the holidays", "tomorrow after breakfast": a phrase that goes on as we can't read. */
function isCutOff(tokens: readonly Token[], { found, unused }: SettledReading, recurring: boolean): boolean {
  const keywords = recurring ? [...AFTER_ANY, ...AFTER_REPEAT] : AFTER_ANY;
  const onlyDays = found.every(({ pieces }) => pieces.every(({ type }) => !timed.has(type)));
  return unused.some((index) => {
    if (!found.some(({ to }) => to === index || (to === index - 1 && tokens[to]?.text === ','))) return false;
    if (word(...keywords)(tokens, index)) return true;
    if (recurring && WHILE.test(tokens[index]?.text ?? '')) return true;
    return onlyDays && TO_SOMETHING.test(tokens[index]?.text ?? '');
  });
}
