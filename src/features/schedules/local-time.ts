import { invalidField } from '#platform/errors/index.ts';
import { instantOf, offsetAt } from './recurrence/zone.ts';

/** RFC 3339 has no year of five digits. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const MINUTE_MS = 60_000;

/**
 * The instant of a wall-clock time in a zone, as `2026-12-01T09:00` or with seconds. In a gap the offset before it
 * counts, in an overlap the first pass (RFC 5545 3.3.5; Temporal's 'compatible').
 * @throws AppError 422 when it is after the year 9999 in UTC
 * @throws RangeError when it isn't on the calendar
 */
export function instantOfLocalTime(local: string, timezone: string): Date {
  const wallClock = new Date(`${local}Z`);
  if (!wallClock.toISOString().startsWith(local)) throw new RangeError(`${local} is not on the calendar`);
  const instant = instantOf(timezone, wallClock.getTime());
  if (instant > LAST_INSTANT) throw invalidField('local_time', 'is after the year 9999 in UTC');
  return new Date(instant);
}

/** `2026-12-01T09:00:00+01:00[Europe/Berlin]`, to the second; the offset to the minute, as RFC 9557 has it. */
export function localTimeOf(instant: Date, timezone: string): string {
  const ms = instant.getTime();
  const ahead = offsetAt(timezone, ms);
  const wallClock = new Date(ms + ahead).toISOString().slice(0, -'.000Z'.length);
  const minutes = Math.round(Math.abs(ahead) / MINUTE_MS);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  const rest = String(minutes % 60).padStart(2, '0');
  return `${wallClock}${ahead < 0 ? '-' : '+'}${hours}:${rest}[${timezone}]`;
}
