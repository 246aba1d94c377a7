import type { Clock, Day, Doubt, Piece, Repeat } from './meaning.ts';
import { defaultClock, inDaypart, needsHalfOfDay } from './time-of-day.ts';

export type Rule = { cron_expression: string } | { doubt: Doubt };

/** The day fields of a cron expression: day of month, month, day of week. */
type DayFields = readonly [string, string, string];
type Interval = Extract<Repeat, { type: 'minutes' | 'hours' }>;
type DayRepeat = Exclude<Repeat, Interval>;
type Window = Extract<Piece, { type: 'window' }>;

/** The five-field cron expression that the pieces of a text name together, or why there is none. */
export function resolveRecurring(pieces: readonly Piece[]): Rule {
  if (pieces.some((piece) => piece.type === 'span' || piece.type === 'instant')) return { doubt: 'conflict' };
  const repeats = pieces.flatMap((piece) => (piece.type === 'repeat' ? [piece.repeat] : []));
  const intervals = repeats.filter(isInterval);
  const windows = pieces.filter((piece): piece is Window => piece.type === 'window');
  if (intervals.length > 1 || windows.length > 1) return { doubt: 'conflict' };

  const days = dayFields(
    repeats.filter((repeat): repeat is DayRepeat => !isInterval(repeat)),
    pieces.flatMap((piece) => (piece.type === 'day' ? [piece.day] : [])),
  );
  if ('doubt' in days) return days;
  const [interval] = intervals;
  const times = interval ? intervalFields(interval, windows[0], pieces) : clockFields(pieces);
  if ('doubt' in times) return times;
  return { cron_expression: [...times.fields, ...days.fields].join(' ') };
}

function isInterval(repeat: Repeat): repeat is Interval {
  return repeat.type === 'minutes' || repeat.type === 'hours';
}

function dayFields(
  repeats: readonly DayRepeat[],
  days: readonly Day[],
): { fields: DayFields } | { doubt: Doubt } {
  const open = repeats.filter((repeat) => repeat.type === 'open');
  const closed = repeats.filter((repeat) => repeat.type !== 'open' && repeat.type !== 'days');
  if (open.length > 1 || closed.length > 1 || days.length > 1) return { doubt: 'conflict' };
  const [unit] = open;
  const [rule] = closed;
  const [day] = days;
  if (unit) {
    if (rule && day) return { doubt: 'conflict' };
    return completed(unit, rule, day);
  }
  if (day) return { doubt: 'conflict' };
  return { fields: rule ? fieldsOf(rule) : ['*', '*', '*'] };
}

/** "every month" with the day of it that was said elsewhere in the text. */
function completed(
  open: Extract<Repeat, { type: 'open' }>,
  rule: DayRepeat | undefined,
  day: Day | undefined,
): { fields: DayFields } | { doubt: Doubt } {
  if (open.unit === 'week') {
    if (rule?.type === 'weekdays') return { fields: fieldsOf(rule) };
    if (day?.type === 'weekday') return { fields: fieldsOf({ type: 'weekdays', days: day.weekdays }) };
  }
  if (open.unit === 'month') {
    if (rule?.type === 'month_days') return { fields: fieldsOf({ ...rule, every: open.every }) };
    if (rule?.type === 'nth_weekday' && open.every === 1) return { fields: fieldsOf(rule) };
    if (day?.type === 'month_day')
      return { fields: fieldsOf({ type: 'month_days', days: [day.day], every: open.every }) };
  }
  if (open.unit === 'year') {
    if (rule?.type === 'year') return { fields: fieldsOf(rule) };
    if (day?.type === 'date' && day.year === undefined)
      return { fields: fieldsOf({ type: 'year', day: day.day, month: day.month }) };
  }
  return { doubt: rule || day ? 'conflict' : 'which_day' };
}

function fieldsOf(repeat: DayRepeat): DayFields {
  switch (repeat.type) {
    case 'days':
    case 'open':
      return ['*', '*', '*'];
    case 'weekdays':
      return ['*', '*', cronWeekdays(repeat.days)];
    case 'nth_weekday':
      return ['*', '*', `${repeat.weekday % 7}#${repeat.nth === 'last' ? 'L' : repeat.nth}`];
    case 'month_days':
      return [
        repeat.days.map((day) => (day === 'last' ? 'L' : String(day))).join(','),
        repeat.every === 1 ? '*' : `*/${repeat.every}`,
        '*',
      ];
    case 'year':
      return [String(repeat.day), String(repeat.month), '*'];
  }
}

/** ISO weekdays as cron's, Sunday 0; three or more in a row as a range. */
function cronWeekdays(days: readonly number[]): string {
  const numbers = [...new Set(days.map((day) => day % 7))].sort((a, b) => a - b);
  if (numbers.length === 7) return '*';
  const [first = 0] = numbers;
  const run = numbers.length > 2 && numbers.every((day, index) => day === first + index);
  return run ? `${first}-${numbers.at(-1)}` : numbers.join(',');
}

function intervalFields(
  interval: Interval,
  window: Window | undefined,
  pieces: readonly Piece[],
): { fields: readonly [string, string] } | { doubt: Doubt } {
  if (pieces.some((piece) => piece.type === 'clock' || piece.type === 'daypart'))
    return { doubt: 'conflict' };
  const step = (every: number) => (every === 1 ? '*' : `*/${every}`);
  if (!window)
    return {
      fields: interval.type === 'minutes' ? [step(interval.every), '*'] : ['0', step(interval.every)],
    };
  const from = window.from.hour;
  // "from 9 to 5": an end before its beginning is in the afternoon
  const to = window.to.bare && window.to.hour <= from ? window.to.hour + 12 : window.to.hour;
  if (window.from.minute !== 0 || window.to.minute !== 0 || to > 23 || to <= from) return { doubt: 'uneven' };
  if (interval.type === 'minutes')
    return { fields: [step(interval.every), from === to - 1 ? String(from) : `${from}-${to - 1}`] };
  return { fields: ['0', `${from}-${to}${interval.every === 1 ? '' : `/${interval.every}`}`] };
}

function clockFields(pieces: readonly Piece[]): { fields: readonly [string, string] } | { doubt: Doubt } {
  if (pieces.some((piece) => piece.type === 'window')) return { doubt: 'conflict' };
  const parts = [...new Set(pieces.flatMap((piece) => (piece.type === 'daypart' ? [piece.part] : [])))];
  if (parts.length > 1) return { doubt: 'several_times' };
  const [part] = parts;
  const said = pieces.flatMap((piece) => (piece.type === 'clock' ? piece.clocks : []));
  const clocks: Clock[] = [];
  for (const clock of said.length === 0 ? [defaultClock(part)] : said) {
    const placed = part === undefined ? clock : inDaypart(clock, part);
    if (!placed) return { doubt: 'conflict' };
    if (needsHalfOfDay(placed)) return { doubt: 'half_of_day' };
    if (placed.second !== 0) return { doubt: 'uneven' };
    clocks.push(placed);
  }
  const hours = unique(clocks.map((clock) => clock.hour));
  const minutes = unique(clocks.map((clock) => clock.minute));
  // one expression fires at every pairing of its minutes and hours, so only one of the two may vary
  if (hours.length > 1 && minutes.length > 1) return { doubt: 'several_times' };
  return { fields: [minutes.join(','), hours.join(',')] };
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
