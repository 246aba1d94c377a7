import type { Minute } from './first-time.ts';
import type { Clock, Day, DayRule, Doubt, End, Piece, Repeat } from './meaning.ts';
import { defaultClock, inDaypart, needsHalfOfDay } from './time-of-day.ts';

/** The times of the days on which something repeats. */
export type Times =
  | { type: 'at'; minutes: Minute[] }
  /** Every so many minutes, all day or in a window of it: its ends are minutes of the day, and belong to it. */
  | { type: 'every'; minutes: number; window?: { from: number; to: number } };

/** What the pieces of a text say of a repetition, together. */
export interface Repetition {
  days: DayRule;
  times: Times;
  start?: Day;
  end?: End;
}

type Interval = Extract<Repeat, { type: 'minutes' }>;
type Open = Extract<Repeat, { type: 'open' }>;
type Window = Extract<Piece, { type: 'window' }>;
type Doubted = { doubt: Doubt };

/** Puts the pieces together; a doubt when they don't fit or leave something open. */
export function repetitionOf(pieces: readonly Piece[]): Repetition | Doubted {
  if (pieces.some((piece) => piece.type === 'span' || piece.type === 'instant')) return { doubt: 'conflict' };
  const repeats = pieces.flatMap((piece) => (piece.type === 'repeat' ? [piece.repeat] : []));
  const intervals = repeats.filter((repeat): repeat is Interval => repeat.type === 'minutes');
  const windows = pieces.filter((piece): piece is Window => piece.type === 'window');
  const starts = pieces.flatMap((piece) => (piece.type === 'start' ? [piece.day] : []));
  const ends = pieces.flatMap((piece) => (piece.type === 'end' ? [piece.end] : []));
  if ([intervals, windows, starts, ends].some((found) => found.length > 1)) return { doubt: 'conflict' };

  const dayRepeats = repeats.filter((repeat) => repeat.type !== 'minutes');
  const days = daysOf(
    sameClocks(pieces) ? oneWeek(dayRepeats) : dayRepeats,
    pieces.flatMap((piece) => (piece.type === 'day' ? [piece.day] : [])),
    pieces.flatMap((piece) => (piece.type === 'except' ? piece.weekdays : [])),
  );
  if ('doubt' in days) return days;
  const [interval] = intervals;
  const times = interval ? intervalTimes(interval, windows[0], pieces) : clockTimes(pieces);
  if ('doubt' in times) return times;
  const [[start], [end]] = [starts, ends];
  return { days, times, ...(start && { start }), ...(end && { end }) };
}

/** Whether a text names one time of the day at most, however often. */
function sameClocks(pieces: readonly Piece[]): boolean {
  const clocks = pieces.flatMap((piece) => (piece.type === 'clock' ? piece.clocks : []));
  return new Set(clocks.map(({ hour, minute, second }) => `${hour}:${minute}:${second}`)).size <= 1;
}

/** "every Monday at 9 and every Thursday at 9": the weekdays of one week together. */
function oneWeek<T extends DayRule | Open>(repeats: readonly T[]): ReadonlyArray<T | DayRule> {
  const weekdays = repeats.filter((repeat) => repeat.type === 'weekdays' && repeat.every === 1);
  if (weekdays.length < 2) return repeats;
  const days = weekdays.flatMap((repeat) => (repeat.type === 'weekdays' ? repeat.days : []));
  const merged: DayRule = { type: 'weekdays', days: [...new Set(days)].sort((a, b) => a - b), every: 1 };
  return [...repeats.filter((repeat) => !weekdays.includes(repeat)), merged];
}

function daysOf(
  repeats: ReadonlyArray<DayRule | Open>,
  days: readonly Day[],
  except: readonly number[],
): DayRule | Doubted {
  const open = repeats.filter((repeat) => repeat.type === 'open');
  const everyDay: DayRule = { type: 'days', every: 1 };
  // "every evening on Mondays": what every day says is part of any other rule
  const closed = repeats.filter(
    (repeat): repeat is DayRule => repeat.type !== 'open' && !(repeat.type === 'days' && repeat.every === 1),
  );
  if (open.length > 1 || closed.length > 1 || days.length > 1) return { doubt: 'conflict' };
  const [unit] = open;
  const [rule] = closed;
  const [day] = days;
  if (except.length > 0) return unit || day ? { doubt: 'conflict' } : without(rule ?? everyDay, except);
  if (unit) return rule && day ? { doubt: 'conflict' } : completed(unit, rule, day);
  return day ? { doubt: 'conflict' } : (rule ?? everyDay);
}

function without(rule: DayRule, except: readonly number[]): DayRule | Doubted {
  const days = rule.type === 'days' && rule.every === 1 ? [1, 2, 3, 4, 5, 6, 7] : [];
  const weekdays = rule.type === 'weekdays' && rule.every === 1 ? rule.days : days;
  const left = weekdays.filter((weekday) => !except.includes(weekday));
  return left.length === 0 ? { doubt: 'conflict' } : { type: 'weekdays', days: left, every: 1 };
}

/**
 * "every month" with the day of it that was said elsewhere in the text. "every 2 weeks" needs none, since it is
 * counted from its first time; "every week" does.
 */
function completed(
  { unit, every, months }: Open,
  rule: DayRule | undefined,
  day: Day | undefined,
): DayRule | Doubted {
  const fixed = months === undefined ? {} : { months };
  if (!rule && !day) {
    if (months) return { type: 'month_days', days: [1], every, months };
    return every > 1 ? { type: 'counted', unit, every } : { doubt: 'which_day' };
  }
  if (unit === 'week') {
    if (rule?.type === 'weekdays' && rule.every === 1) return { ...rule, every };
    if (day?.type === 'weekday' && day.which !== 'next')
      return { type: 'weekdays', days: day.weekdays, every };
  }
  if (unit === 'month') {
    if (rule?.type === 'month_days' && rule.every === 1) return { ...rule, every, ...fixed };
    if (!months && (rule?.type === 'nth_weekday' || rule?.type === 'nth_workday') && rule.every === 1)
      return { ...rule, every };
    if (day?.type === 'month_day') return { type: 'month_days', days: [day.day], every, ...fixed };
  }
  if (unit === 'year') {
    if (rule?.type === 'year' && rule.every === 1) return { ...rule, every };
    if (day?.type === 'date' && day.year === undefined)
      return { type: 'year', day: day.day, month: day.month, every };
  }
  return { doubt: 'conflict' };
}

function intervalTimes(
  { every }: Interval,
  window: Window | undefined,
  pieces: readonly Piece[],
): Times | Doubted {
  if (pieces.some((piece) => piece.type === 'clock' || piece.type === 'daypart'))
    return { doubt: 'conflict' };
  if (!window) return { type: 'every', minutes: every };
  // "from 1 to 5 pm" is all of it in the afternoon, "from 9 to 5 pm" is not
  const afternoon = window.from.bare && window.to.half && window.from.hour + 12 < window.to.hour;
  const from = minuteOf(window.from) + (afternoon ? HALF_DAY : 0);
  // "from 9 to 5": an end before its beginning is in the afternoon
  const end = minuteOf(window.to) + (window.to.bare && minuteOf(window.to) <= from ? HALF_DAY : 0);
  // "every 15 minutes from 9 to 5" ends before 5, "every hour from 9 to 5" and "… to 16:45" with it
  const last = end % 60 === 0 ? end - 1 : end;
  const to = every < 60 ? from + Math.floor((last - from) / every) * every : end;
  return every > end - from || end >= 2 * HALF_DAY
    ? { doubt: 'uneven' }
    : { type: 'every', minutes: every, window: { from, to } };
}

const HALF_DAY = 720;
const minuteOf = ({ hour, minute }: Clock): number => hour * 60 + minute;

function clockTimes(pieces: readonly Piece[]): Times | Doubted {
  if (pieces.some((piece) => piece.type === 'window')) return { doubt: 'conflict' };
  const parts = [...new Set(pieces.flatMap((piece) => (piece.type === 'daypart' ? [piece.part] : [])))];
  if (parts.length > 1) return { doubt: 'several_times' };
  const [part] = parts;
  const said = pieces.flatMap((piece) => (piece.type === 'clock' ? piece.clocks : []));
  const minutes = new Map<number, Minute>();
  for (const clock of said.length === 0 ? [defaultClock(part)] : said) {
    const placed: Clock | undefined = part === undefined ? clock : inDaypart(clock, part);
    if (!placed) return { doubt: 'conflict' };
    if (needsHalfOfDay(placed)) return { doubt: 'half_of_day' };
    if (placed.second !== 0) return { doubt: 'uneven' };
    minutes.set(placed.hour * 60 + placed.minute, { hour: placed.hour, minute: placed.minute });
  }
  return { type: 'at', minutes: [...minutes].sort(([a], [b]) => a - b).map(([, minute]) => minute) };
}
