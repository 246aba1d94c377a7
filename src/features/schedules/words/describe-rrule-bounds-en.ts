import { listed } from './describe-numbers.ts';
import type { Bounds, Moment } from './describe-rrule-bounds.ts';
import { MONTHS } from './local-time.ts';

/** ", from 27 November 2026, 10 times, except on 24 and 25 December 2026"; empty where nothing bounds a rule. */
export function boundsEn({ from, until, count, except, also }: Bounds): string {
  const span = [from ? fromEn(from) : '', until ? `until ${momentEn(until)}` : ''];
  const often = count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
  const phrases = [span.filter((each) => each !== '').join(' '), count === undefined ? '' : often];
  return phrases.map((phrase) => (phrase === '' ? '' : `, ${phrase}`)).join('') + changesEn(except, also);
}

/** "once, on 27 November 2026 at 09:00": of a rule that comes one time. */
export function onceEn(once: Moment, { except, also }: Bounds): string {
  return `once, ${onEn([once])}${changesEn(except, also)}`;
}

function changesEn(except: readonly Moment[], also: readonly Moment[]): string {
  const without = except.length === 0 ? '' : `, except ${onEn(except)}`;
  return without + (also.length === 0 ? '' : `, also ${onEn(also)}`);
}

function fromEn(moment: Moment): string {
  return `${moment.time === undefined ? 'from' : 'starting at'} ${momentEn(moment)}`;
}

/** "27 November 2026", "09:30 on 27 November 2026". */
function momentEn({ time, ...date }: Moment): string {
  return time === undefined ? dateEn([date]) : `${time} on ${dateEn([date])}`;
}

/** "on 24 and 25 December 2026", "on 24 December 2026 at 15:00 and 18:00". */
function onEn(moments: readonly Moment[]): string {
  return listed(
    dayGroups(moments).map(
      (group) => `on ${dateEn(group.moments)}${group.times ? ` at ${listed(group.times, 'and')}` : ''}`,
    ),
    'and',
  );
}

function dateEn(moments: readonly Moment[]): string {
  const [first] = moments;
  const days = listed(
    moments.map(({ day }) => String(day)),
    'and',
  );
  return first ? `${days} ${MONTHS.en[first.month - 1]} ${first.year}` : '';
}

/** Moments told together: whole days of a month, or times of a day. */
export function dayGroups(moments: readonly Moment[]): { moments: Moment[]; times?: string[] }[] {
  const groups: { moments: Moment[]; times?: string[] }[] = [];
  for (const moment of moments) {
    const open = groups.at(-1);
    const last = open?.moments.at(-1);
    const isSameMonth = last?.year === moment.year && last.month === moment.month;
    if (open && isSameMonth && moment.time === undefined && !open.times) open.moments.push(moment);
    else if (open?.times && isSameMonth && last.day === moment.day && moment.time !== undefined)
      open.times.push(moment.time);
    else groups.push({ moments: [moment], ...(moment.time !== undefined && { times: [moment.time] }) });
  }
  return groups;
}
