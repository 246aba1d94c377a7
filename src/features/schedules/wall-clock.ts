import { localOf } from './recurrence/zone.ts';

/** The wall-clock time of an instant in a zone, to the second: `2026-12-01T09:00:00`. Later times sort behind. */
export function wallClockOf(instant: Date, timezone: string): string {
  return new Date(localOf(timezone, instant.getTime())).toISOString().slice(0, 19);
}
