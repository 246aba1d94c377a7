import { daysAfter, wallClock } from '#web/features/schedules/wall-clock.ts';

/** As the form has it: days are whole ones of the user's zone, the last one included; '' for any. */
export interface FilterForm {
  level: '' | 'info' | 'warning' | 'error';
  type: string;
  from: string;
  to: string;
}

/** As the server takes it. */
export interface ActivityFilter {
  level?: 'info' | 'warning' | 'error';
  type?: string;
  from?: string;
  to?: string;
}

export const noFilter: FilterForm = { level: '', type: '', from: '', to: '' };

/** The instant at which a day begins in the zone. */
export function startOfDay(date: string, timezone: string): string {
  const asUtc = Date.parse(`${date}T00:00:00Z`);
  const offsetAt = (instant: number) => {
    const { date: day, time } = wallClock(instant, timezone);
    return Date.parse(`${day}T${time}:00Z`) - instant;
  };
  // Twice: the offset at UTC's midnight may not be the one at the zone's.
  const near = asUtc - offsetAt(asUtc);
  return new Date(asUtc - offsetAt(near)).toISOString();
}

export function filterOf({ level, type, from, to }: FilterForm, timezone: string): ActivityFilter {
  return {
    ...(level !== '' && { level }),
    ...(type !== '' && { type }),
    ...(from !== '' && { from: startOfDay(from, timezone) }),
    ...(to !== '' && { to: startOfDay(daysAfter(to, 1), timezone) }),
  };
}
