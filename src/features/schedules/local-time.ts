import { Temporal } from 'temporal-polyfill';

/**
 * The instant of a wall-clock time in a zone. In a gap the offset before it counts, in an overlap the first pass
 * (RFC 5545 3.3.5; Temporal's 'compatible').
 */
export function instantOfLocalTime(local: string, timezone: string): Date {
  const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(timezone, {
    disambiguation: 'compatible',
  });
  return new Date(zoned.epochMilliseconds);
}

/** `2026-12-01T09:00:00+01:00[Europe/Berlin]`, to the second. */
export function localTimeOf(instant: Date, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timezone)
    .toString({ smallestUnit: 'second' });
}
