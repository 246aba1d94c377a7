import { RuleError } from './recurrence.ts';
import { readDate, type RruleDate } from './rrule-dates.ts';
import { refuseForbidden } from './rrule-forbidden.ts';

const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** In the order of the week, Monday first. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** `FR`, or with `nth` 1 the first Friday of the month or year, with -1 the last. */
export interface RruleDay {
  weekday: Weekday;
  nth: number | null;
}

/** The value of an RRULE line, nothing filled in but INTERVAL and WKST. */
export interface RruleRule {
  freq: Frequency;
  interval: number;
  count: number | null;
  until: RruleDate | null;
  bysecond: readonly number[];
  byminute: readonly number[];
  byhour: readonly number[];
  byday: readonly RruleDay[];
  bymonthday: readonly number[];
  byyearday: readonly number[];
  byweekno: readonly number[];
  bymonth: readonly number[];
  bysetpos: readonly number[];
  wkst: Weekday;
}

/** Least and greatest of what a list holds; with `negative` also counted from the end. */
const LISTS = {
  BYSECOND: { least: 0, greatest: 60, negative: false },
  BYMINUTE: { least: 0, greatest: 59, negative: false },
  BYHOUR: { least: 0, greatest: 23, negative: false },
  BYMONTHDAY: { least: 1, greatest: 31, negative: true },
  BYYEARDAY: { least: 1, greatest: 366, negative: true },
  BYWEEKNO: { least: 1, greatest: 53, negative: true },
  BYMONTH: { least: 1, greatest: 12, negative: false },
  BYSETPOS: { least: 1, greatest: 366, negative: true },
} as const;

const PARTS = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'WKST', ...Object.keys(LISTS)]);

/** What it takes to count to the last one is bounded by this. */
const GREATEST_COUNT = 200_000;
/** Thirty years of seconds; keeps sums of it exact. */
const GREATEST_INTERVAL = 1_000_000_000;

/**
 * Reads the value of an RRULE line (RFC 5545 3.3.10).
 * @throws RuleError
 */
export function readRule(value: string): RruleRule {
  const parts = partsOf(value);
  const list = (name: keyof typeof LISTS) => numbers(name, parts.get(name));
  const until = parts.get('UNTIL');
  const rule: RruleRule = {
    freq: frequency(parts.get('FREQ')),
    interval: positive('INTERVAL', parts.get('INTERVAL'), GREATEST_INTERVAL) ?? 1,
    count: positive('COUNT', parts.get('COUNT'), GREATEST_COUNT),
    until: until === undefined ? null : readDate('UNTIL', until),
    bysecond: list('BYSECOND'),
    byminute: list('BYMINUTE'),
    byhour: list('BYHOUR'),
    byday: days(parts.get('BYDAY')),
    bymonthday: list('BYMONTHDAY'),
    byyearday: list('BYYEARDAY'),
    byweekno: list('BYWEEKNO'),
    bymonth: list('BYMONTH'),
    bysetpos: list('BYSETPOS'),
    wkst: weekday('WKST', parts.get('WKST') ?? 'MO'),
  };
  refuseForbidden(rule);
  return rule;
}

/** Values in capitals by the names of their parts. */
function partsOf(value: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const text of value.trim().replace(/;$/, '').split(';')) {
    const [name = '', content, more] = text.split('=').map((side) => side.trim().toUpperCase());
    if (!PARTS.has(name)) throw new RuleError(`"${text}" is not a part of a rule that is understood.`);
    if (!content || more !== undefined) throw new RuleError(`${name} has no value, as in ${name}=….`);
    if (parts.has(name)) throw new RuleError(`${name} is there twice.`);
    parts.set(name, content);
  }
  return parts;
}

function frequency(text: string | undefined): Frequency {
  if (text === undefined) throw new RuleError('FREQ is missing: a rule begins with it, as in FREQ=DAILY.');
  const found = FREQUENCIES.find((frequency) => frequency === text);
  if (!found) throw new RuleError(`FREQ=${text} is none of ${FREQUENCIES.join(', ')}.`);
  return found;
}

function positive(name: string, text: string | undefined, greatest: number): number | null {
  if (text === undefined) return null;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (number < 1) throw new RuleError(`${name}=${text} is not a whole number from 1.`);
  if (number > greatest) {
    throw new RuleError(`${name}=${text} is too much: at most ${greatest.toLocaleString('en-US')}.`);
  }
  return number;
}

function numbers(name: keyof typeof LISTS, text: string | undefined): number[] {
  if (text === undefined) return [];
  const { least, greatest, negative } = LISTS[name];
  const pattern = negative ? /^[+-]?\d{1,3}$/ : /^\d{1,2}$/;
  return text.split(',').map((item) => {
    const size = pattern.test(item.trim()) ? Math.abs(Number(item)) : Number.NaN;
    if (!(size >= least && size <= greatest)) {
      const or = negative ? `, or -${least} to -${greatest} from the end` : '';
      throw new RuleError(`${name} has "${item}", which is not a number from ${least} to ${greatest}${or}.`);
    }
    return Number(item);
  });
}

function days(text: string | undefined): RruleDay[] {
  if (text === undefined) return [];
  return text.split(',').map((item) => {
    const [, nth, name = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(item.trim()) ?? [];
    const size = Math.abs(Number(nth ?? 1));
    if (size < 1 || size > 53) throw new RuleError(`BYDAY has "${item}", whose number is not from 1 to 53.`);
    return { weekday: weekday('BYDAY', name || item), nth: nth === undefined ? null : Number(nth) };
  });
}

function weekday(part: string, text: string): Weekday {
  const found = WEEKDAYS.find((weekday) => weekday === text);
  if (!found) throw new RuleError(`${part} has "${text}", which is none of ${WEEKDAYS.join(', ')}.`);
  return found;
}
