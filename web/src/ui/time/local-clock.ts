import type { TimeSettings } from './time-zone.tsx';
import { clockTime } from './format-time.ts';

/** A time of day as the user's clock writes it, in no zone: `09:00` is `9:00 AM` where that is usual. */
export function localClock(time: string, settings: TimeSettings): string {
  return clockTime(`2026-01-01T${time}:00Z`, { ...settings, timezone: 'UTC' });
}
