import type { Temporal } from 'temporal-polyfill';
import { cronOf } from './cron-of.ts';
import type { Doubt, Piece } from './meaning.ts';
import { repetitionOf } from './repetition.ts';
import type { RepeatingRule } from './result.ts';
import { firstOf, rruleOf } from './rrule-of.ts';

/**
 * The rule that the pieces of a text name together, or why there is none. A cron expression where it says exactly the
 * same, since people know those; else an RRULE whose DTSTART is the first time after `now`.
 */
export function resolveRecurring(
  pieces: readonly Piece[],
  now: Temporal.ZonedDateTime,
): RepeatingRule | { doubt: Doubt } {
  const repetition = repetitionOf(pieces);
  if ('doubt' in repetition) return repetition;
  const first = firstOf(repetition, now);
  if (!first) return { doubt: 'impossible_date' };
  const cron_expression = cronOf(repetition, first);
  return cron_expression === undefined ? rruleOf(repetition, first, now) : { cron_expression };
}
