import { alt, end, isOtherWord, seq, sign, term, word, type Parser } from './combinators.ts';
import type { SettledReading } from './lengths.ts';
import type { Piece } from './meaning.ts';
import { zoneOfPlace } from './places.ts';
import type { Token } from './tokenize.ts';

type Tokens = readonly Token[];

/** Whether what stands beside a phrase, and was not used, may change what the phrase says. */
export function isChangedByNeighbours(tokens: Tokens, reading: SettledReading): boolean {
  return [isGlued, isJoined, isTurned, isTold, isElsewhere, isTimetabled, isOneOrMany, isLoneHour].some(
    (changes) => changes(tokens, reading),
  );
}

const unusedAt = ({ unused }: SettledReading, index: number): boolean => unused.includes(index);

/** "9a", "14:30:5", "10x": letters, digits or a colon and digits on the phrase itself. */
function isGlued(tokens: Tokens, reading: SettledReading): boolean {
  return reading.found.some(({ to }) => {
    const [last, next] = [tokens[to - 1], tokens[to]];
    if (!last || !next || !unusedAt(reading, to) || last.end !== next.start) return false;
    if (/^[\p{L}\d]/u.test(next.text)) return /\d$/.test(last.text);
    return next.text === ':' && tokens[to + 1]?.start === next.end && /^\d/.test(tokens[to + 1]?.text ?? '');
  });
}

const counted = alt(
  term('number', (found) => !found.article),
  term('clock'),
  term('date'),
);
const joint = alt(word('and', 'or'), sign('/', '+'));

/** "the 1st and on the 15th", "half past 4 / 5": a number that goes along with the phrase. */
function isJoined(tokens: Tokens, reading: SettledReading): boolean {
  const number = (index: number) => unusedAt(reading, index) && counted(tokens, index) !== undefined;
  const ending = (index: number) =>
    unusedAt(reading, index) && /^(?:st|nd|rd|th|го|е|й|я)$/.test(tokens[index]?.text ?? '');
  return reading.found.some(({ from, to }) => {
    const before = unusedAt(reading, from - 1) && joint(tokens, from - 1);
    if (before && (number(from - 2) || ending(from - 2))) return true;
    const after = unusedAt(reading, to) && joint(tokens, to);
    // "at 9 and 2 eggs" counts something
    return after ? number(to + 1) && !isOtherWord(tokens[to + 2]) : false;
  });
}

const behind: Parser<unknown> = alt(
  seq(word('in', 'bound'), word('next', 'this', 'last')),
  seq(word('in', 'bound'), term('unit')),
  seq(
    word('next', 'bygone', 'last'),
    alt(end, word('at', 'in', 'to', 'and', 'connector'), sign('.', ',', '!', '?'), term('unit')),
  ),
  word('except', 'half', 'numbered'),
  // "каждый день в 8, кроме …" in another word
  sign('minus', 'plus', 'минус', 'плюс', 'sans'),
);
const before: Parser<unknown> = alt(
  word('half', 'past', 'minus', 'other', 'bygone', 'except'),
  sign('prior', 'предпоследний', 'предпоследнюю', 'penultimate', 'mid', 'late', 'early', 'black', 'cyber'),
);

/** "Monday after next", "half seven tonight", "in the last week, Friday": words that turn a phrase into another time. */
function isTurned(tokens: Tokens, reading: SettledReading): boolean {
  return reading.found.some(
    ({ from, to }) =>
      (unusedAt(reading, to) && behind(tokens, to) !== undefined) ||
      (unusedAt(reading, from - 1) && before(tokens, from - 1) !== undefined) ||
      (unusedAt(reading, from - 1) &&
        unusedAt(reading, from - 2) &&
        counted(tokens, from - 1) !== undefined &&
        before(tokens, from - 2) !== undefined),
  );
}

const REQUEST = /^(?:remind|reminder|wake|напомни|напомните|напомнить|напоминай|разбуди)$/;
const TOLD =
  /^(?:did|was|were|went|had|paid|cost|costs|lasted|happened|scored|score|won|lost|met|said|told|был|была|было|были|длился|длилась|длилось|решили|сказал|сказала|сказали|заплатил|заплатила|стоил|стоила|стоит|стоят|прошел|прошла|прошло|произошло|состоялся|состоялась|выиграли|проиграли|счет|ходил|ходила|ходили|встретились|виделись|опоздал|опоздала)$/;
const ITS = /^(?:it['’]s|its|was|today is|это)$/;

/** "what did we say on Monday", "I paid 7:50", "thank God it's Friday": it tells, and asks for nothing. */
function isTold(tokens: Tokens, reading: SettledReading): boolean {
  if (tokens.some(({ text }) => REQUEST.test(text))) return false;
  const first = Math.min(...reading.found.map(({ from }) => from));
  const told = reading.unused.some((index) => index < first && TOLD.test(tokens[index]?.text ?? ''));
  const onlyDays = reading.found.every(({ pieces }) => pieces.every(({ type }) => type === 'day'));
  return told || (onlyDays && ITS.test(tokens[first - 1]?.text ?? '') && unusedAt(reading, first - 1));
}

const clocked = (pieces: readonly Piece[]): boolean => pieces.some(({ type }) => type === 'clock');

/** "9am Sydney time", "в 9 по Токио": a time of another zone. */
function isElsewhere(tokens: Tokens, reading: SettledReading): boolean {
  const hasClock = reading.found.some(({ pieces }) => clocked(pieces));
  if (!hasClock) return false;
  return reading.unused.some((index) => {
    const [place, next] = [tokens[index]?.text ?? '', tokens[index + 1]?.text ?? ''];
    if (unusedAt(reading, index + 1) && /^(?:time|времени)$/.test(next) && isOtherWord(tokens[index])) {
      return zoneOfPlace(place) !== undefined || /(?:ому|ему)$/.test(place) || /^time$/.test(next);
    }
    return place === 'по' && next !== '' && (zoneOfPlace(next) !== undefined || placeInDative(next));
  });
}

const placeInDative = (name: string): boolean => zoneOfPlace(name.replace(/[уюеи]$/, '')) !== undefined;

/** "на поезд 9:15": when it leaves, not when to be reminded. */
function isTimetabled(tokens: Tokens, { found }: SettledReading): boolean {
  return found.some(
    ({ from, pieces }) =>
      clocked(pieces) &&
      /^(?:поезд|рейс|автобус|электричку|самолет|паром|сеанс|train|flight|bus|ferry)$/.test(
        tokens[from - 1]?.text ?? '',
      ) &&
      /^(?:на|for)$/.test(tokens[from - 2]?.text ?? ''),
  );
}

/** "напомни через день": in a day, or every other day. */
function isOneOrMany(tokens: Tokens, { found }: SettledReading): boolean {
  return found.some(
    ({ from, to }) =>
      to === from + 2 &&
      tokens[from]?.text === 'через' &&
      tokens[from + 1]?.text === 'день' &&
      /^(?:напомни|напомните|напомнить|позвони|позвонить|повтори|перезвонить)$/.test(
        tokens[from - 1]?.text ?? '',
      ),
  );
}

const dayOnly = new Set<Piece['type']>(['day', 'daypart']);

/** "call Bob 8 tomorrow", "tomorrow call Bob eight": a number that could be the hour, where no other time is said. */
function isLoneHour(tokens: Tokens, reading: SettledReading): boolean {
  const pieces = reading.found.flatMap((found) => found.pieces);
  if (!pieces.every(({ type }) => dayOnly.has(type))) return false;
  const hour = term('number', (found) => !found.article && !found.ordinal && found.value <= 24);
  return reading.unused.some((index) => {
    if (!hour(tokens, index) || /[-–—#№]/.test(tokens[index - 1]?.text ?? '')) return false;
    return reading.found.some(({ from }) => from === index + 1) || index === tokens.length - 1;
  });
}
