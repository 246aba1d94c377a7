import { RuleError } from './recurrence.ts';
import { DAY_S, LAST_SECOND } from './rrule-calendar.ts';
import type { RruleDate } from './rrule-dates.ts';
import { instantOf, localOf, offsetAt } from './zone.ts';

const DAY_MS = DAY_S * 1000;

/**
 * The zone named by a TZID.
 * @throws RuleError when there is none of that name
 */
export function knownZone(tzid: string): string {
  try {
    offsetAt(tzid, 0);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RuleError(`TZID "${tzid}" is not a time zone that is known: as in Europe/Berlin.`, {
      cause: error,
    });
  }
  return tzid;
}

/** The instant of a date, in ms; of a day its midnight. What names no zone of its own is in `zone`. */
export function momentOf(date: RruleDate, zone: string): number {
  if (date.kind === 'utc') return date.local;
  return instantOf(date.tzid === undefined ? zone : knownZone(date.tzid), date.local);
}

/** The last instant that an UNTIL lets through, in ms. Of a day that is its end. */
export function lastMoment(until: RruleDate | null, zone: string): number {
  const end = LAST_SECOND * 1000;
  if (until === null) return end;
  const moment = until.kind === 'date' ? instantOf(zone, until.local + DAY_MS) - 1 : momentOf(until, zone);
  return Math.min(moment, end);
}

/**
 * What EXDATE takes out: an instant, or all of a day. The answer is null for an instant that stays, and otherwise the
 * last one taken out together with it.
 */
export function takenOut(exdates: readonly RruleDate[], zone: string): (instant: number) => number | null {
  const moments = new Set<number>();
  const days = new Set<number>();
  for (const date of exdates) {
    if (date.kind === 'date') days.add(date.local);
    else moments.add(momentOf(date, zone));
  }
  return (instant) => {
    if (moments.has(instant)) return instant;
    if (days.size === 0) return null;
    const day = Math.floor(localOf(zone, instant) / DAY_MS) * DAY_MS;
    return days.has(day) ? Math.max(instant, instantOf(zone, day + DAY_MS) - 1) : null;
  };
}
