import type { Temporal } from 'temporal-polyfill';
import { datesOf, instantOn, isAfter } from './dates-of-day.ts';
import type { Clock, Day, Doubt, Piece, Span } from './meaning.ts';
import type { Daypart } from './terms.ts';
import { defaultClock, inDaypart, needsHalfOfDay } from './time-of-day.ts';

export type Resolved = { trigger_at: Date } | { doubt: Doubt };

const doubt = (found: Doubt): Resolved => ({ doubt: found });
const instantOf = (found: Temporal.ZonedDateTime): Resolved => ({
  trigger_at: new Date(found.epochMilliseconds),
});

/** Beyond this a number is a slip, and dates run out. */
const MOST_YEARS = 200;

interface Said {
  spans: Span[];
  clocks: Clock[];
  days: Day[];
  parts: Daypart[];
  instants: number[];
  windows: number;
}

/** The one instant that the pieces of a text name together, or why they name none. */
export function resolveOneTime(pieces: readonly Piece[], now: Temporal.ZonedDateTime): Resolved {
  if (pieces.some((piece) => piece.type === 'end' || (piece.type === 'start' && piece.said)))
    return doubt('limit');
  if (pieces.some((piece) => piece.type === 'except')) return doubt('conflict');
  const said = gather(pieces);
  if (said.windows > 0 || new Set(said.parts).size > 1 || said.spans.length + said.instants.length > 1)
    return doubt('conflict');
  if (said.clocks.length > 1 && !said.clocks.every((clock) => sameClock(clock, said.clocks[0])))
    return doubt('several_times');

  const [instant] = said.instants;
  if (instant !== undefined) {
    if (said.days.length + said.clocks.length + said.parts.length + said.spans.length > 0)
      return doubt('conflict');
    return instant > now.epochMilliseconds ? { trigger_at: new Date(instant) } : doubt('past');
  }
  const [part] = said.parts;
  let [clock] = said.clocks;
  if (clock && part) {
    clock = inDaypart(clock, part);
    if (!clock) return doubt('conflict');
  }
  const [span] = said.spans;
  if (span) return said.days.length > 0 ? doubt('conflict') : afterSpan(span, clock, part, now);
  if (said.days.length > 0) return onDay(said.days, clock, part, now);
  return withoutDay(clock ?? defaultClock(part), now);
}

function gather(pieces: readonly Piece[]): Said {
  const said: Said = { spans: [], clocks: [], days: [], parts: [], instants: [], windows: 0 };
  for (const piece of pieces) {
    if (piece.type === 'span') said.spans.push(piece.span);
    else if (piece.type === 'clock') said.clocks.push(...piece.clocks);
    else if (piece.type === 'day' || piece.type === 'start') said.days.push(piece.day);
    else if (piece.type === 'daypart') said.parts.push(piece.part);
    else if (piece.type === 'instant') said.instants.push(piece.epoch_ms);
    else if (piece.type === 'window') said.windows += 1;
  }
  return said;
}

function sameClock(a: Clock, b: Clock | undefined): boolean {
  return a.hour === b?.hour && a.minute === b.minute && a.second === b.second;
}

/** Days and longer keep the wall-clock time, or take the one that was said; hours and less are exact. */
function afterSpan(
  span: Span,
  clock: Clock | undefined,
  part: Daypart | undefined,
  now: Temporal.ZonedDateTime,
): Resolved {
  const years = span.seconds / 31_557_600 + span.days / 365 + span.months / 12;
  if (years > MOST_YEARS) return doubt('impossible_date');
  const calendar = span.days > 0 || span.months > 0;
  if (clock || part) {
    if (!calendar || span.seconds > 0) return doubt('conflict');
    const date = now.toPlainDate().add({ days: span.days, months: span.months });
    return onDates([date], clock ?? defaultClock(part), now);
  }
  const there = calendar ? now.add({ days: span.days, months: span.months }) : now;
  return instantOf(there.add({ milliseconds: Math.round(span.seconds * 1000) }));
}

/** A time without a day is the next one; a bare "at 5" the next of 5:00 and 17:00, "at 12" always noon. */
function withoutDay(clock: Clock, now: Temporal.ZonedDateTime): Resolved {
  const today = now.toPlainDate();
  const hours = clock.bare && clock.hour !== 12 ? [clock.hour, clock.hour + 12] : [clock.hour];
  const next = [today, today.add({ days: 1 })]
    .flatMap((date) => hours.map((hour) => instantOn(date, { ...clock, hour }, now.timeZoneId)))
    .find((found) => isAfter(found, now));
  if (!next) return doubt('past');
  // said in the evening, "at 3" is not surely the middle of the night
  const far = next.epochMilliseconds - now.epochMilliseconds > 3 * 3_600_000;
  if (clock.bare && next.hour <= 5 && far) return doubt('half_of_day');
  return instantOf(next);
}

function onDay(
  days: readonly Day[],
  clock: Clock | undefined,
  part: Daypart | undefined,
  now: Temporal.ZonedDateTime,
): Resolved {
  const today = days.some((day) => day.type === 'relative' && day.days === 0);
  if (today && !clock && !part) return doubt('which_time');
  if (today && days.length === 1) return laterToday(clock ?? defaultClock(part), part, now);
  if (clock?.midnight) return doubt('midnight');
  if (clock && needsHalfOfDay(clock)) return doubt('half_of_day');
  // "Mon 4 Jan" is within the year, "Monday the 4th" soon
  const weeks = days.some((day) => day.type === 'date') ? 52 : 5;
  const [first, ...others] = days.map((day) => datesOf(day, now.toPlainDate(), weeks));
  if (days.some((day) => day.type === 'weekday' && day.weekdays.length > 1)) return doubt('several_times');
  if (days.some((day) => day.type === 'weekday' && day.which === 'any')) return doubt('which_day');
  if (!first || first.length === 0 || others.some((dates) => dates.length === 0))
    return doubt('impossible_date');
  const agreed = first.filter((date) => others.every((dates) => dates.some((other) => other.equals(date))));
  return agreed.length === 0 ? doubt('conflict') : onDates(agreed, clock ?? defaultClock(part), now);
}

/** Tonight reaches past midnight, and "today at 5" is the reading that is still to come. */
function laterToday(clock: Clock, part: Daypart | undefined, now: Temporal.ZonedDateTime): Resolved {
  const today = now.toPlainDate();
  if (clock.midnight) return instantOf(instantOn(today.add({ days: 1 }), clock, now.timeZoneId));
  const hours = clock.bare && clock.hour < 12 ? [clock.hour, clock.hour + 12] : [clock.hour];
  const dates = part === 'night' && clock.hour <= 5 ? [today, today.add({ days: 1 })] : [today];
  const found = dates
    .flatMap((date) => hours.map((hour) => instantOn(date, { ...clock, hour }, now.timeZoneId)))
    .find((one) => isAfter(one, now));
  return found ? instantOf(found) : doubt('past');
}

function onDates(dates: readonly Temporal.PlainDate[], clock: Clock, now: Temporal.ZonedDateTime): Resolved {
  if (needsHalfOfDay(clock)) return doubt('half_of_day');
  const found = dates.map((date) => instantOn(date, clock, now.timeZoneId)).find((one) => isAfter(one, now));
  return found ? instantOf(found) : doubt('past');
}
