import { wallClock } from './wall-clock.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * The first instant of a day in a zone, in ms; where the calendar leaves the day out, of the one after it.
 * Zones are up to 14 hours ahead of UTC and 12 behind.
 */
export function dayStart(day: string, timezone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  let before = utc - 15 * HOUR_MS;
  let within = utc + 37 * HOUR_MS;
  while (within - before > MINUTE_MS) {
    const middle = before + Math.floor((within - before) / MINUTE_MS / 2) * MINUTE_MS;
    if (wallClock(middle, timezone).date >= day) within = middle;
    else before = middle;
  }
  return within;
}
