import { Temporal } from 'temporal-polyfill';
import { invalidField } from '#platform/errors/index.ts';

/** RFC 3339 has no year of five digits. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * The instant of a wall-clock time in a zone. In a gap the offset before it counts, in an overlap the first pass
 * (RFC 5545 3.3.5; Temporal's 'compatible').
 * @throws AppError 422 when it is after the year 9999 in UTC
 */
export function instantOfLocalTime(local: string, timezone: string): Date {
  const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(timezone, {
    disambiguation: 'compatible',
  });
  if (zoned.epochMilliseconds > LAST_INSTANT)
    throw invalidField('local_time', 'is after the year 9999 in UTC');
  return new Date(zoned.epochMilliseconds);
}

/** Since then every zone changes its offset at the start of a minute; St. John's did at 00:01. */
const MINUTES_SINCE = Date.UTC(1980);
const MINUTE_MS = 60_000;
const MOST_MINUTES = 10_000;

/** How far local time is ahead of UTC in a zone's minute, and how its text ends: `+01:00[Europe/Berlin]`. */
const minutes = new Map<string, { ahead_ms: number; ending: string }>();

/** `2026-12-01T09:00:00+01:00[Europe/Berlin]`, to the second. */
export function localTimeOf(instant: Date, timezone: string): string {
  const ms = instant.getTime();
  // Where a list shows many, asking the zone's rules for each is a tenth of all its work.
  const key = `${timezone} ${Math.floor(ms / MINUTE_MS)}`;
  const known = minutes.get(key);
  if (known) return new Date(ms + known.ahead_ms).toISOString().slice(0, 19) + known.ending;
  const text = Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(timezone)
    .toString({ smallestUnit: 'second' });
  const wholeSeconds = Math.floor(ms / 1_000) * 1_000;
  const ahead_ms = Date.parse(`${text.slice(0, 19)}Z`) - wholeSeconds;
  // The first and last days of what has four digits for the year are left out, with what lies beyond.
  if (ms >= MINUTES_SINCE && ms < LAST_INSTANT - 2 * 86_400_000) {
    if (minutes.size >= MOST_MINUTES) minutes.clear();
    minutes.set(key, { ahead_ms, ending: text.slice(19) });
  }
  return text;
}
