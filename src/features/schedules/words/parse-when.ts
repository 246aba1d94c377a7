import { Temporal } from 'temporal-polyfill';
import { word } from './combinators.ts';
import { doubtOfRest } from './doubt-of-rest.ts';
import { readPhrases } from './grammar.ts';
import { settleLengths } from './lengths.ts';
import type { Doubt, Piece } from './meaning.ts';
import { resolveOneTime } from './one-time.ts';
import { question } from './questions.ts';
import { resolveRecurring } from './recurring.ts';
import { languageOf, type WhenContext, type WhenResult } from './result.ts';
import { tokenize, type Token } from './tokenize.ts';

/** A text of more words and signs is no request; reading it would only take long. */
const MOST_WORDS = 1_000;

/**
 * Understands when a person means, in English and Russian, without a model.
 *
 * The rules where words leave room:
 * - a time without a day is the next one; a bare "at 5" the next of 5:00 and 17:00, "at 12" is noon
 * - with a day, a bare hour from 6 is on the 24-hour clock, from 1 to 5 we ask
 * - a day without a time is at 9:00, morning 9:00, afternoon 15:00, evening 19:00, tonight 20:00
 * - "on Friday" is today while its time is to come, else next week; "next Friday" is in next calendar week
 * - "every second Friday" and "every other" are every two weeks; "every 2 weeks" counts from the next 9:00
 * - "for a week" and "until Friday" end what repeats; the day that is named belongs to it
 * - seconds to hours are exact spans; days and longer keep the wall-clock time
 * - a day, month or "every" with one letter wrong is read where only one such word is near
 * - whatever speaks of time and was not understood makes the answer `unclear`, never a guess, and so do
 *   words beside a time that may change it, and a sentence that only tells;
 *   words in quotes belong to the text and are not read
 */
export function parseWhen(text: string, context: WhenContext): WhenResult {
  const ask = (doubt: Doubt) => unclear(doubt, text, context);
  const tokens = tokenize(text);
  if (tokens.length > MOST_WORDS) return ask('leftover');
  const reading = settleLengths(readPhrases(tokens));
  const pieces = reading.found.flatMap((found) => found.pieces);
  const doubt = doubtOfRest(tokens, reading);
  if (pieces.length === 0) return doubt ? ask(doubt) : { kind: 'none' };
  // what a phrase itself is unsure of is the better question
  if (doubt && !pieces.some((piece) => piece.type === 'doubt')) return ask(doubt);
  return resolve(pieces, restOf(text, tokens, reading.unused), text, context);
}

/**
 * Understands the answer to a question about the time of an earlier text: what the answer says counts, and
 * what it leaves open is taken from the earlier text ("tomorrow at 3 …", then "at 15:00", is tomorrow).
 * `rest` is the earlier text's. `none` when the answer is more than a time.
 */
export function parseAnswer(earlier: string, answer: string, context: WhenContext): WhenResult {
  const answerTokens = tokenize(answer);
  if (answerTokens.length > MOST_WORDS) return { kind: 'none' };
  const said = readPhrases(answerTokens);
  const answered = said.found.flatMap((found) => found.pieces);
  if (
    answered.length === 0 ||
    said.unused.some((index) => /[\p{L}\d]/u.test(answerTokens[index]?.text ?? ''))
  ) {
    return { kind: 'none' };
  }
  const tokens = tokenize(earlier);
  if (tokens.length > MOST_WORDS) return { kind: 'none' };
  const before = readPhrases(tokens);
  const open = new Set(answered.flatMap(({ type }) => SETTLED_BY[type]));
  const kept = before.found.flatMap(({ pieces }) => pieces).filter(({ type }) => !open.has(type));
  const rest = before.unused.filter((index) => !word('vague', 'gone')(tokens, index));
  return resolve([...kept, ...answered], restOf(earlier, tokens, rest), answer, context);
}

/** Which pieces of the earlier text a piece of the answer replaces. A doubt is what we asked about. */
const SETTLED_BY: Record<Piece['type'], ReadonlyArray<Piece['type']>> = {
  span: ['doubt', 'day', 'repeat', 'span', 'instant', 'clock', 'daypart', 'window'],
  instant: ['doubt', 'day', 'repeat', 'span', 'instant', 'clock', 'daypart', 'window'],
  day: ['doubt', 'day', 'repeat', 'span', 'instant'],
  repeat: ['doubt', 'day', 'repeat', 'span', 'instant', 'window'],
  clock: ['doubt', 'clock', 'daypart', 'instant'],
  daypart: ['doubt', 'daypart', 'instant'],
  window: ['doubt', 'window'],
  end: ['doubt', 'end'],
  start: ['doubt', 'start'],
  except: ['doubt', 'except'],
  doubt: [],
};

function resolve(pieces: readonly Piece[], rest: string, text: string, context: WhenContext): WhenResult {
  const doubted = pieces.find((piece) => piece.type === 'doubt');
  if (doubted) return unclear(doubted.doubt, text, context);
  const now = Temporal.Instant.fromEpochMilliseconds(context.now.getTime()).toZonedDateTimeISO(
    context.timezone,
  );
  if (pieces.some((piece) => piece.type === 'repeat')) {
    const rule = resolveRecurring(pieces, now);
    return 'doubt' in rule ? unclear(rule.doubt, text, context) : { kind: 'recurring', ...rule, rest };
  }
  const resolved = resolveOneTime(pieces, now);
  if ('doubt' in resolved) return unclear(resolved.doubt, text, context);
  return { kind: 'one_time', trigger_at: resolved.trigger_at, rest };
}

function unclear(doubt: Doubt, text: string, context: WhenContext): WhenResult {
  return { kind: 'unclear', question: question(doubt, languageOf(text, context.locale)) };
}

/** The text without its time phrases, in its own spelling. */
function restOf(text: string, tokens: readonly Token[], unused: readonly number[]): string {
  const runs: string[] = [];
  let from: number | undefined;
  for (const index of unused) {
    from ??= tokens[index]?.start;
    if (unused.includes(index + 1)) continue;
    runs.push(text.slice(from, tokens[index]?.end));
    from = undefined;
  }
  return runs
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;:!?])/g, '$1')
    .replace(/([,;:])(?:\s*[,;:])+/g, '$1')
    .replace(/^[\s,.;:!?–—-]+|[\s,;:–—-]+$/g, '');
}
