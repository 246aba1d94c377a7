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

/** `2026-12-01T09:00:00+01:00[Europe/Berlin]`, to the second. */
export function localTimeOf(instant: Date, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timezone)
    .toString({ smallestUnit: 'second' });
}
