import { Temporal } from 'temporal-polyfill';

/** When a user wants to be left in peace, by the wall clock of a zone; over midnight when `end` is before `start`. */
export interface QuietHours {
  /** `22:00` */
  start: string;
  end: string;
  timezone: string;
}

/** When the quiet hours end that it is in at `now`; null outside of them. */
export function endOfQuiet({ start, end, timezone }: QuietHours, now: Date): Date | null {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const isOvernight = end < start;
  const isQuiet = isOvernight ? time >= start || time < end : time >= start && time < end;
  if (!isQuiet) return null;
  const day = local.toPlainDate().add({ days: isOvernight && time >= start ? 1 : 0 });
  const { epochMilliseconds } = day.toZonedDateTime({ timeZone: timezone, plainTime: end });
  // The hour that comes twice may have been the end already.
  return epochMilliseconds > now.getTime() ? new Date(epochMilliseconds) : null;
}
