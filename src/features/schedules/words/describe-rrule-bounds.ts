import { contentLines, type ContentLine } from '../recurrence/rrule-lines.ts';
import type { RruleParts } from '../recurrence/rrule-parts.ts';
import { lastMoment, momentOf } from '../recurrence/rrule-moments.ts';
import { parseRrule } from '../recurrence/rrule.ts';
import { localOf } from '../recurrence/zone.ts';
import { clockText } from './describe-times.ts';

/** A date, with a time of day where the date alone would not say which one is meant. */
export interface Moment {
  year: number;
  month: number;
  day: number;
  time?: string;
}

/** From when to when a rule comes, how often, and what is taken out of it or put in. */
export interface Bounds {
  from?: Moment;
  until?: Moment;
  count?: number;
  /** When it comes, if that is one time. */
  once?: Moment;
  except: Moment[];
  also: Moment[];
}

export interface BoundedRule {
  text: string;
  parts: RruleParts;
  /** Of the wall clock that the rule goes by. */
  zone: string;
  /** Its first instant or the one it was made at, in ms. */
  start: number;
  /** Seconds since midnight of its first and last time in a day; undefined where they shift from day to day. */
  times: { first: number; last: number } | undefined;
}

const DAY_MS = 86_400_000;

/** Only what is still to come is told of dates taken out or put in; a beginning that no time depends on isn't. */
export function boundsOf(rule: BoundedRule, now: number): Bounds {
  const { parts } = rule;
  const next = (without: readonly string[]) => {
    const recurrence = parseRrule(textWithout(rule.text, without), rule.zone, rule.start);
    return (from: number) => recurrence.next(from);
  };
  const plain = next(['EXDATE', 'RDATE']);
  const found = plain(rule.start - 1);
  const first = found ?? rule.start;
  const isFrom = parts.interval > 1 || parts.count !== null || rule.start > now;
  const until = parts.until === null ? undefined : untilOf(rule);
  return {
    ...(isFrom && { from: momentIn(rule, first, timeOfDay(rule, first) !== rule.times?.first) }),
    ...(parts.count === 1 && found !== null && { once: momentIn(rule, found, true) }),
    ...(until && { until }),
    ...(parts.count !== null && { count: parts.count }),
    except: exceptOf(rule, plain, now),
    also: alsoOf(rule, next(['RDATE']), next([]), now),
  };
}

/** The lines of a rule but some. */
function textWithout(text: string, names: readonly string[]): string {
  return contentLines(text)
    .filter((line) => !names.includes(line.name))
    .map(lineText)
    .join('\n');
}

function lineText({ name, parameters, value }: ContentLine): string {
  const given = [...parameters].map(([key, parameter]) => `;${key}="${parameter}"`);
  return `${name}${given.join('')}:${value}`;
}

/** The last day on which it comes; with the time where not all times of that day do. */
function untilOf(rule: BoundedRule): Moment {
  const last = lastMoment(rule.parts.until, rule.zone);
  const time = timeOfDay(rule, last);
  if (rule.times && time < rule.times.first) return momentIn(rule, last - DAY_MS, false);
  const isWhole = rule.parts.until?.kind === 'date' || time >= (rule.times?.last ?? DAY_MS / 1000 - 1);
  return momentIn(rule, last, !isWhole);
}

type Next = (from: number) => number | null;

function exceptOf(rule: BoundedRule, plain: Next, now: number): Moment[] {
  const moments = new Map<string, Moment>();
  for (const date of [...rule.parts.exdates].sort((a, b) => a.local - b.local)) {
    const at = momentOf(date, rule.zone);
    const midnight = momentOf({ kind: 'date', local: dayOf(localOf(rule.zone, at)) }, rule.zone);
    const end = momentOf({ kind: 'date', local: dayOf(localOf(rule.zone, at)) + DAY_MS }, rule.zone);
    const found = plain(date.kind === 'date' ? midnight - 1 : at - 1);
    if (found === null || found >= end || (date.kind !== 'date' && found !== at)) continue;
    if ((date.kind === 'date' ? end : at) <= now) continue;
    const after = plain(at);
    const isOnlyOne = plain(midnight - 1) === at && (after === null || after >= end);
    const moment = momentIn(rule, at, date.kind !== 'date' && !isOnlyOne);
    moments.set(JSON.stringify(moment), moment);
  }
  return [...moments.values()];
}

function alsoOf(rule: BoundedRule, ofRule: Next, all: Next, now: number): Moment[] {
  const instants = new Set(rule.parts.rdates.map((date) => momentOf(date, rule.zone)));
  return [...instants]
    .filter((at) => at > now && all(at - 1) === at && ofRule(at - 1) !== at)
    .sort((a, b) => a - b)
    .map((at) => momentIn(rule, at, true));
}

const dayOf = (local: number) => Math.floor(local / DAY_MS) * DAY_MS;

/** In seconds. */
function timeOfDay(rule: BoundedRule, at: number): number {
  const local = localOf(rule.zone, at);
  return Math.floor((local - dayOf(local)) / 1000);
}

function momentIn(rule: BoundedRule, at: number, withTime: boolean): Moment {
  const date = new Date(localOf(rule.zone, at));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    ...(withTime && { time: clockText(timeOfDay(rule, at)) }),
  };
}
