import { lowestBit, noBits, type Bits } from './cron-bits.ts';
import { addPart, DAY, numberOf, refuse, WEEKDAY } from './cron-fields.ts';

/** Which days of a month: what the two day fields say. Days are bits from 0 on, weekdays too, from Sunday on. */
export interface DayRule {
  /** `1`, `2-5`. */
  days: number;
  /** `L-n`: bit n. */
  beforeLast: number;
  /** `nW`: the weekday nearest to a day, in the same month. */
  nearest: number;
  /** `LW`. */
  lastWorkday: boolean;
  /** `MON`, `1-5`. */
  weekdays: number;
  /** `MON#k`: the weekdays at k - 1. */
  nth: number[];
  /** `5L`, `FRI#L`. */
  lastWeekdays: number;
  /** What the days are when one or both fields are not `*` or `?`. */
  by: 'any' | 'day' | 'weekday' | 'either' | 'both';
}

const LAST = /^L(?:-(\d+))?$/;
const NEAREST = /^(\d+)W$/;

function addDay(rule: DayRule, part: string, bits: Bits): void {
  const last = LAST.exec(part);
  const nearest = NEAREST.exec(part);
  if (part === 'LW') rule.lastWorkday = true;
  else if (last) {
    const before = Number(last[1] ?? 0);
    if (before > 30) refuse(DAY, `${part} is out of range, L-1 to L-30 is allowed`);
    rule.beforeLast |= 1 << before;
  } else if (nearest) rule.nearest |= 1 << (numberOf(DAY, nearest[1] ?? '', part) - 1);
  else if (part === '?') refuse(DAY, '"?" stands alone');
  else addPart(DAY, part, bits);
}

const NTH = /^(.*)#(.*)$/;
const LAST_WEEKDAY = /^(.+)L$/;

/** The weekday, or several as a range, that begins `part`: `MON-FRI#1` is the first of each. */
function weekdaysOf(text: string, part: string): number {
  if (/[*/]/.test(text)) refuse(WEEKDAY, `"${part}" has a step or *, which # and L do not go with`);
  const bits = noBits();
  if (text === '') numberOf(WEEKDAY, text, part);
  addPart(WEEKDAY, text, bits);
  return bits.low;
}

function addWeekday(rule: DayRule, part: string, bits: Bits): void {
  const nth = NTH.exec(part);
  if (nth) {
    const [, days = '', which = ''] = nth;
    const weekdays = weekdaysOf(days, part);
    if (which === 'L') rule.lastWeekdays |= weekdays;
    else if (/^[1-5]$/.test(which)) rule.nth[Number(which) - 1]! |= weekdays;
    else refuse(WEEKDAY, `"${part}" is not understood, #1 to #5 or #L is allowed`);
    return;
  }
  const last = LAST_WEEKDAY.exec(part);
  if (last) rule.lastWeekdays |= weekdaysOf(last[1] ?? '', part);
  else if (part === 'L') refuse(WEEKDAY, 'L needs a day before it, as in 5L or FRI#L');
  else if (part === '?') refuse(WEEKDAY, '"?" stands alone');
  else addPart(WEEKDAY, part, bits);
}

const isOpen = (text: string) => text === '*' || text === '?';

/** Reads the two day fields, in capitals. */
export function dayRule(days: string, weekdays: string): DayRule {
  const both = weekdays.startsWith('+');
  const plain = both ? weekdays.slice(1) : weekdays;
  const byDay = !isOpen(days);
  const byWeekday = !isOpen(plain);
  const rule: DayRule = {
    days: 0,
    beforeLast: 0,
    nearest: 0,
    lastWorkday: false,
    weekdays: 0,
    nth: [0, 0, 0, 0, 0],
    lastWeekdays: 0,
    by: byDay ? 'day' : byWeekday ? 'weekday' : 'any',
  };
  if (byDay && byWeekday) rule.by = both ? 'both' : 'either';
  if (byDay) {
    const bits = noBits();
    for (const part of days.split(',')) addDay(rule, part, bits);
    // Day 1 is bit 0.
    rule.days = bits.low >>> 1;
  }
  if (byWeekday) {
    const bits = noBits();
    for (const part of plain.split(',')) addWeekday(rule, part, bits);
    rule.weekdays = bits.low;
  }
  return rule;
}

/** Weekdays as the days 1 to 7 of a month that begins with the weekday `first`. */
const firstWeek = (weekdays: number, first: number) =>
  ((weekdays >>> first) | (weekdays << (7 - first))) & 0x7f;

/** The same in every week. */
function everyWeek(weekdays: number, first: number): number {
  const week = firstWeek(weekdays, first);
  return week | (week << 7) | (week << 14) | (week << 21) | (week << 28);
}

/** The workday nearest to a day, both from 0 on, without leaving the month. */
function nearestWorkday(day: number, length: number, first: number): number {
  const weekday = (first + day) % 7;
  if (weekday === 6) return day === 0 ? 2 : day - 1;
  if (weekday === 0) return day === length - 1 ? day - 2 : day + 1;
  return day;
}

function byDayOfMonth(rule: DayRule, length: number, first: number): number {
  let days = rule.days;
  for (let rest = rule.beforeLast; rest !== 0; rest &= rest - 1) {
    const day = length - 1 - lowestBit(rest);
    if (day >= 0) days |= 1 << day;
  }
  for (let rest = rule.nearest; rest !== 0; rest &= rest - 1) {
    const day = lowestBit(rest);
    if (day < length) days |= 1 << nearestWorkday(day, length, first);
  }
  if (rule.lastWorkday) {
    const weekday = (first + length - 1) % 7;
    days |= 1 << (length - 1 - (weekday === 6 ? 1 : weekday === 0 ? 2 : 0));
  }
  return days;
}

function byDayOfWeek(rule: DayRule, length: number, first: number): number {
  let days = everyWeek(rule.weekdays, first);
  for (const [before, weekdays] of rule.nth.entries()) {
    if (weekdays !== 0) days |= firstWeek(weekdays, first) << (7 * before);
  }
  if (rule.lastWeekdays !== 0) days |= everyWeek(rule.lastWeekdays, first) & (0x7f << (length - 7));
  return days;
}

/** The days of a month of `length` days that begins with the weekday `first`: bit 0 is the first. */
export function daysOfMonth(rule: DayRule, length: number, first: number): number {
  const month = 0x7fffffff >>> (31 - length);
  switch (rule.by) {
    case 'any':
      return month;
    case 'day':
      return byDayOfMonth(rule, length, first) & month;
    case 'weekday':
      return byDayOfWeek(rule, length, first) & month;
    case 'either':
      return (byDayOfMonth(rule, length, first) | byDayOfWeek(rule, length, first)) & month;
    case 'both':
      return byDayOfMonth(rule, length, first) & byDayOfWeek(rule, length, first) & month;
  }
}
