import { alt, end, isOtherWord, seq, sign, term, word, type Parser } from './combinators.ts';
import { count } from './grammar-numbers.ts';
import type { SettledReading } from './lengths.ts';
import type { Piece } from './meaning.ts';
import { zoneOfPlace } from './places.ts';
import type { Token } from './tokenize.ts';

type Tokens = readonly Token[];

/** Whether what stands beside a phrase, and was not used, may change what the phrase says. */
export function isChangedByNeighbours(tokens: Tokens, reading: SettledReading): boolean {
  return [
    isGlued,
    isJoined,
    isTurned,
    isElsewhere,
    isLoneHour,
    isCutShort,
    isCountedBefore,
    isLeftOfDate,
    isByAnotherTime,
  ].some((changes) => changes(tokens, reading));
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
    const after = unusedAt(reading, to) && alt(joint, sign(','))(tokens, to);
    // "at 9 and 2 eggs" counts something
    return after ? number(to + 1) && !isOtherWord(tokens[to + 2]) : false;
  });
}

const behind: Parser<unknown> = alt(
  seq(word('in', 'bound'), word('next', 'this', 'last')),
  seq(word('in', 'bound'), term('unit')),
  seq(word('to', 'connector'), word('last')),
  sign('onwards', 'onward', 'street', 'avenue', 'road'),
  seq(
    word('next', 'bygone', 'last'),
    alt(end, word('at', 'in', 'to', 'and', 'connector'), sign('.', ',', '!', '?'), term('unit')),
  ),
  word('except', 'half', 'numbered'),
  // "каждый день в 8, кроме …" in another word
  sign('minus', 'plus', 'минус', 'плюс', 'sans'),
);
const before: Parser<unknown> = alt(
  word('half', 'past', 'minus', 'other', 'bygone', 'except', 'twice', 'numbered'),
  sign('prior', 'mid', 'late', 'early', 'black', 'cyber'),
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

/** "5 раз каждые 10 минут": how many in all is not how often. */
function isCountedBefore(tokens: Tokens, { found, unused }: SettledReading): boolean {
  const counts = (index: number) => unused.includes(index) && count(tokens, index) !== undefined;
  return found.some(({ from, pieces }) => {
    if (!pieces.some(({ type }) => type === 'repeat')) return false;
    return word('once', 'times')(tokens, from)
      ? counts(from - 1)
      : word('times')(tokens, from - 1) !== undefined && counts(from - 2);
  });
}

/** "4 Jan '28 at 8": what else the date says. */
function isLeftOfDate(tokens: Tokens, { found, unused }: SettledReading): boolean {
  return found.some(({ from, to }) => {
    const ends = unused.includes(to) && /^['’]$/.test(tokens[to]?.text ?? '') && counted(tokens, to + 1);
    const begins =
      unused.includes(from - 1) &&
      /^(?:st|nd|rd|th|го|ого|е|й)$/.test(tokens[from - 1]?.text ?? '') &&
      /\d$/.test(tokens[from - 2]?.text ?? '');
    return Boolean(ends) || begins;
  });
}

const clocked = (pieces: readonly Piece[]): boolean => pieces.some(({ type }) => type === 'clock');

/** "9am Sydney time", "в 9 по Токио": a time of another zone. */
function isElsewhere(tokens: Tokens, reading: SettledReading): boolean {
  const hasClock = reading.found.some(({ pieces }) => clocked(pieces));
  if (!hasClock) return false;
  return reading.unused.some((index) => {
    const [place, next] = [tokens[index]?.text ?? '', tokens[index + 1]?.text ?? ''];
    if (unusedAt(reading, index + 1) && /^(?:time|времени)$/.test(next) && isOtherWord(tokens[index])) {
      return (
        zoneOfPlace(place) !== undefined ||
        /(?:ому|ему)$/.test(place) ||
        (next === 'time' &&
          reading.found.some(
            ({ from, to, pieces }) => clocked(pieces) && (to === index || from === index + 2),
          ))
      );
    }
    return place === 'по' && next !== '' && (zoneOfPlace(next) !== undefined || placeInDative(next));
  });
}

const placeInDative = (name: string): boolean => zoneOfPlace(name.replace(/[уюеи]$/, '')) !== undefined;

const dayOnly = new Set<Piece['type']>(['day', 'daypart']);

/** "call Bob 8 tomorrow", "tomorrow call Bob eight": a number that could be the hour, where no other time is said. */
function isLoneHour(tokens: Tokens, reading: SettledReading): boolean {
  const pieces = reading.found.flatMap((found) => found.pieces);
  if (!pieces.every(({ type }) => dayOnly.has(type))) return false;
  return reading.unused.some((index) => {
    if (hours(tokens, index)) return true;
    if (!hour(tokens, index) || /[-–—#№]/.test(tokens[index - 1]?.text ?? '')) return false;
    return reading.found.some(({ from }) => from === index + 1) || index === tokens.length - 1;
  });
}

const few = term('number', (found) => found.digits === true && found.value <= 24);
/** "12-1" */
const hours = seq(few, sign('-', '–', '—'), few);
/** "8", "eight hundred" */
const hour = term(
  'number',
  (found) =>
    !found.article && !found.ordinal && (found.value <= 24 || (!found.digits && found.value === 100)),
);
const firstNumber = alt(
  term('number', (found) => !found.article && !found.ordinal),
  term('named_time'),
);

/** "eight thirty | five pm", "quarter to | midnight": what begins before the clock time that was read. */
function isCutShort(tokens: Tokens, reading: SettledReading): boolean {
  return reading.found.some(({ from, pieces }) => {
    if (!clocked(pieces) || !unusedAt(reading, from - 1)) return false;
    const spelled = term('number', (found) => !found.article && !found.digits && !found.ordinal);
    if (spelled(tokens, from - 1) && firstNumber(tokens, from)) return true;
    return (
      /^(?:to|past|after|before|до)$/.test(tokens[from - 1]?.text ?? '') &&
      alt(term('number'), word('quarter', 'half'))(tokens, from - 2) !== undefined
    );
  });
}

/** Words that are made of a word of time, whatever else they say: "teatime", "в неурочное время". */
const OF_TIME =
  /(?:(?<!^over|^some)(?<=\p{L})time|hours|weeks|months|nights|mornings|evenings|noon)$|^(?:недел|сутк|суточ|утрен|вечерн|ночн|дневн|полудн|часу|врем[яе]|выходн|праздн|будн|рождеств[оауе]$|каникул)|^(?:holidays|season)/u;

/** "tomorrow at teatime", "в половину вечера": an unknown word of time close to a phrase, or a part of the day at it. */
function isByAnotherTime(tokens: Tokens, { found, unused, ofText }: SettledReading): boolean {
  return unused.some((index) => {
    if (ofText.has(index)) return false;
    if (term('daypart', (part) => !part.each)(tokens, index)) return found.some(({ to }) => to === index);
    if (!isOtherWord(tokens[index]) || !OF_TIME.test(tokens[index]?.text ?? '')) return false;
    return found.some(
      ({ from, to }) => (index >= to && index - to <= 2) || (index < from && from - index <= 2),
    );
  });
}
