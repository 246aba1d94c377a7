import { alt, list, map, nothing, opt, seq, sign, term, word, type Parser } from './combinators.ts';
import { addSpans, spanOf, type Span } from './meaning.ts';
import type { Token } from './tokenize.ts';

const plainWord = term('number', (found) => !found.digits && !found.ordinal && !found.article);
const ordinalWord = term('number', (found) => found.ordinal === true);
const hyphen = opt(sign('-', '‑'));

/** "twenty", "twenty-five", "сто двадцать": larger words first, each part less than the one before it. */
const spelled: Parser<number> = (tokens, at) => {
  let total = 0;
  let next = at;
  let room = Number.POSITIVE_INFINITY;
  for (;;) {
    const gap = total === 0 ? next : skipHyphen(tokens, next);
    const part = plainWord(tokens, gap);
    if (!part || part.value.value >= room) break;
    // "one hundred" is a hundred, not one and a hundred
    if (room > 100 && part.value.value < 10 && plainWord(tokens, part.next)?.value.value === 100) {
      total += part.value.value * 100;
      next = part.next + 1;
      room = 100;
      continue;
    }
    total += part.value.value;
    next = part.next;
    room = part.value.value === 100 ? 100 : part.value.value >= 20 && part.value.value % 10 === 0 ? 10 : 0;
  }
  return next === at ? undefined : { value: total, next };
};

function skipHyphen(tokens: readonly Token[], at: number): number {
  return sign('-', '‑')(tokens, at)?.next ?? at;
}

const digits = map(
  term('number', (found) => found.digits === true),
  (found) => found.value,
);

/** A count: "10", "1.5", "ten", "двадцать пять". */
export const count = alt(digits, spelled);

/** A whole count in words or digits. */
export const whole = map(count, (value) => (Number.isInteger(value) ? value : undefined));

/** The words that make digits an ordinal: 1st, 5-го, 3-е. */
const ordinalEnding = seq(hyphen, sign('st', 'nd', 'rd', 'th', 'го', 'е', 'й', 'я', 'ое', 'ый', 'му', 'ого'));

const tens = map(plainWord, (found) => (found.value === 20 || found.value === 30 ? found.value : undefined));

/** "1st", "first", "twenty-first", "пятого", "5-го". */
export const ordinal = alt(
  map(seq(digits, ordinalEnding), ([value]) => value),
  map(ordinalWord, (found) => found.value),
  map(seq(tens, hyphen, ordinalWord), ([ten, , one]) => (one.value < 10 ? ten + one.value : undefined)),
);

const article = map(
  term('number', (found) => found.article === true),
  (found) => found.value,
);
const unit = map(
  term('unit', (found) => !found.short),
  (found) => found.unit,
);
const shortUnit = map(term('unit'), (found) => found.unit);

/** "10 minutes", "an hour", "half an hour", "2 and a half hours", "час", "10m". */
const part: Parser<Span> = alt(
  map(seq(count, opt(word('and_half')), unit), ([amount, half, name]) =>
    spanOf(amount + (half ? 0.5 : 0), name),
  ),
  map(seq(digits, shortUnit), ([amount, name]) => spanOf(amount, name)),
  map(seq(count, sign('-', '‑'), unit), ([amount, , name]) => spanOf(amount, name)),
  map(seq(opt(article), unit, opt(word('and_half'))), ([, name, half]) => spanOf(half ? 1.5 : 1, name)),
  map(seq(count, unit, word('and_half')), ([amount, name]) => spanOf(amount + 0.5, name)),
  map(seq(count, unit, word('and'), article, word('half')), ([amount, name]) => spanOf(amount + 0.5, name)),
  map(seq(opt(alt(article, count)), unit, word('and_quarter')), ([amount, name]) =>
    spanOf((amount ?? 1) + 0.25, name),
  ),
  map(seq(word('half'), opt(article), unit), ([, , name]) => spanOf(0.5, name)),
  map(term('amount'), (found) => spanOf(found.amount, found.unit)),
);

const between = alt(seq(opt(sign(',')), word('and')), sign(','), nothing);

/** "1h 30m", "an hour and 10 minutes", and "1h 30", "час двадцать" whose last number is minutes. */
export const span: Parser<Span> = (tokens, at) => {
  const parts = list(part, between)(tokens, at);
  if (!parts) return undefined;
  const total = addSpans(parts.value);
  if (total.seconds > 0 && total.seconds % 3600 === 0) {
    const minutes = count(tokens, parts.next);
    const follows = minutes && tokens[minutes.next];
    if (
      minutes &&
      minutes.value < 60 &&
      Number.isInteger(minutes.value) &&
      (!follows || follows.terms.some((term) => term.type === 'keyword'))
    ) {
      return { value: { ...total, seconds: total.seconds + minutes.value * 60 }, next: minutes.next };
    }
  }
  return { value: total, next: parts.next };
};

const pluralUnit = map(
  term('unit', (found) => found.plural === true),
  (found) => found.unit,
);

/** "минут через 10", "через часа два": the turned round order, which says "about". */
export const turnedSpan: Parser<Span> = alt(
  map(seq(unit, word('in'), count), ([name, , amount]) => spanOf(amount, name)),
  map(seq(word('in'), pluralUnit, count), ([, name, amount]) => spanOf(amount, name)),
);
