import type { Daypart, Unit } from './terms.ts';

/** A span of time, exact (seconds to hours) and by the calendar (days to years). */
export interface Span {
  seconds: number;
  days: number;
  months: number;
}

export interface Clock {
  hour: number;
  minute: number;
  second: number;
  /** Said as a bare "at 5": on a twelve-hour clock it could be either half of the day. */
  bare?: boolean;
  /** Said as "6:30": on the 24-hour clock, unless a part of the day says otherwise. */
  dial?: boolean;
  /** "6 pm" and "6 in the evening": the half of the day was said. */
  half?: boolean;
  /** "midnight", which ends a day in some mouths and begins it in others. */
  midnight?: boolean;
}

export type Day =
  | { type: 'relative'; days: number }
  /** `any` one of them: "on a Monday". */
  | { type: 'weekday'; weekdays: number[]; which: 'coming' | 'next' | 'any' }
  /** `next_year`: of the calendar year after this one. */
  | { type: 'date'; day: number; month: number; year?: number; next_year?: boolean }
  /** "the first Monday in December" */
  | { type: 'nth_of_month'; nth: Nth; weekday: number; month: number }
  | { type: 'month_day'; day: number | 'last'; month_offset?: number }
  /** The last day of this week, month or year, or of the next such month. */
  | { type: 'end_of'; period: 'day' | 'week' | 'month' | 'year' | { month: number } };

/** The first to fifth, or the last of a month. */
export type Nth = number | 'last';

/** The days on which something repeats; `every` counts the days, weeks, months or years between. */
export type DayRule =
  | { type: 'days'; every: number }
  | { type: 'weekdays'; days: number[]; every: number }
  /** `months` when they are fixed by the calendar ("every quarter"), else counted from the first one. */
  | { type: 'month_days'; days: Array<number | 'last'>; every: number; months?: number[] }
  | { type: 'nth_weekday'; weekday: number; nth: Nth[]; every: number }
  | { type: 'nth_workday'; nth: Nth; every: number }
  | { type: 'year'; day: number; month: number; every: number }
  /** "every 2 weeks" and no day: counted from the first one. */
  | { type: 'counted'; unit: 'week' | 'month' | 'year'; every: number };

export type Repeat =
  | DayRule
  /** Every so many minutes. */
  | { type: 'minutes'; every: number }
  /** "every week", "monthly": the day of it is said elsewhere. */
  | { type: 'open'; unit: 'week' | 'month' | 'year'; every: number; months?: number[] };

/** When a repetition ends. */
export type End =
  | { type: 'day'; day: Day }
  | { type: 'clock'; clock: Clock }
  /** `next`: "for the next 3 days", which is no length of what to do. */
  | { type: 'length'; span: Span; next?: boolean }
  | { type: 'count'; count: number };

/** Why a phrase can't be turned into a time; each has its question in `questions.ts`. */
export type Doubt =
  | 'vague'
  | 'gone'
  | 'past'
  | 'which_day'
  | 'which_time'
  | 'half_of_day'
  | 'midnight'
  | 'impossible_date'
  | 'ambiguous_date'
  | 'conflict'
  | 'limit'
  | 'zone'
  | 'several_times'
  | 'too_often'
  | 'uneven'
  | 'how_often'
  | 'nth_of_what'
  | 'leftover';

/** A piece of a text's time, wherever in the text it stands. */
export type Piece =
  | { type: 'span'; span: Span }
  | { type: 'clock'; clocks: Clock[] }
  | { type: 'day'; day: Day }
  | { type: 'daypart'; part: Daypart }
  | { type: 'repeat'; repeat: Repeat }
  | { type: 'window'; from: Clock; to: Clock }
  /** "until Friday", "for a week", "10 times" */
  | { type: 'end'; end: End }
  /** "starting Monday"; `said` is false for a bare "from Monday", which without a rule is the day itself. */
  | { type: 'start'; day: Day; said: boolean }
  /** "except Sundays" */
  | { type: 'except'; weekdays: number[] }
  | { type: 'instant'; epoch_ms: number }
  | { type: 'doubt'; doubt: Doubt };

const SECONDS: Partial<Record<Unit, number>> = { second: 1, minute: 60, hour: 3600 };
const DAYS: Partial<Record<Unit, number>> = { day: 1, week: 7 };
const MONTHS: Partial<Record<Unit, number>> = { month: 1, year: 12 };

/** `amount` of a unit; parts of a day become hours. Undefined for a part of a month. */
export function spanOf(amount: number, unit: Unit): Span | undefined {
  const seconds = SECONDS[unit];
  if (seconds !== undefined) return { seconds: amount * seconds, days: 0, months: 0 };
  const days = DAYS[unit];
  if (days !== undefined) {
    const whole = Math.floor(amount * days);
    return { seconds: (amount * days - whole) * 86_400, days: whole, months: 0 };
  }
  const months = amount * (MONTHS[unit] ?? 0);
  return Number.isInteger(months) ? { seconds: 0, days: 0, months } : undefined;
}

export function addSpans(spans: readonly Span[]): Span {
  return spans.reduce(
    (sum, span) => ({
      seconds: sum.seconds + span.seconds,
      days: sum.days + span.days,
      months: sum.months + span.months,
    }),
    { seconds: 0, days: 0, months: 0 },
  );
}
