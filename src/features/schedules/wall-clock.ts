import { localOf, offsetAt } from './recurrence/zone.ts';

const MINUTE_MS = 60_000;

/** `+01:00`; zones were off by seconds long ago, which are left out. */
function offsetText(ms: number): string {
  const minutes = Math.abs(Math.trunc(ms / MINUTE_MS));
  const two = (value: number) => `${value}`.padStart(2, '0');
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The wall-clock time of an instant in a zone with its offset then, to the second: `2026-12-01T09:00:00+01:00`. */
export function wallClockOf(instant: Date, timezone: string): string {
  const ms = instant.getTime();
  const local = new Date(localOf(timezone, ms)).toISOString().slice(0, 19);
  return local + offsetText(offsetAt(timezone, ms));
}

/** The same without the offset: what a clock on the wall shows. Later times sort behind. */
export function shownBy(wallClock: string): string {
  return wallClock.slice(0, 19);
}
