import type { TimeSettings } from './time-zone.tsx';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(settings: TimeSettings, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { locale, timezone, hourCycle } = settings;
  const key = JSON.stringify([locale, timezone, hourCycle, options]);
  let made = formats.get(key);
  if (!made) {
    const cycle = options.hour !== undefined && hourCycle !== 'auto' ? { hourCycle } : {};
    made = new Intl.DateTimeFormat(locale, { timeZone: timezone, ...cycle, ...options });
    formats.set(key, made);
  }
  return made;
}

/** `Mon, 30 Nov 2026, 09:00:05 GMT+1` */
export function exactTime(instant: string | number, settings: TimeSettings): string {
  return format(settings, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(instant));
}

/** `09:00` */
export function clockTime(instant: string | number, settings: TimeSettings): string {
  return format(settings, { hour: '2-digit', minute: '2-digit' }).format(new Date(instant));
}

/** `Mon, 30 Nov`, with the year when it is not `now`'s. */
export function dayName(instant: string | number, settings: TimeSettings, now: number): string {
  const sameYear = yearOf(instant, settings) === yearOf(now, settings);
  return format(settings, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    ...(!sameYear && { year: 'numeric' }),
  }).format(new Date(instant));
}

/** `Mon, 30 Nov, 09:00` */
export function dayAndTime(instant: string | number, settings: TimeSettings, now: number): string {
  return `${dayName(instant, settings, now)}, ${clockTime(instant, settings)}`;
}

/** `Monday, 30 November` */
export function longDay(instant: string | number, settings: TimeSettings): string {
  return format(settings, { weekday: 'long', month: 'long', day: 'numeric' }).format(new Date(instant));
}

/** `2026-11-30`: which day an instant belongs to in the zone. */
export function dayOf(instant: string | number, { timezone }: TimeSettings): string {
  return format(
    { locale: 'en-CA', timezone, hourCycle: 'h23' },
    {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    },
  ).format(new Date(instant));
}

function yearOf(instant: string | number, settings: TimeSettings): string {
  return dayOf(instant, settings).slice(0, 4);
}

const steps = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How much of a unit is as good as one: 23 hours are a day. */
const NEARLY = 0.95;

/**
 * `in 5 minutes`, `2 days ago`: never "tomorrow" or "next week", which a length of time does not know.
 */
export function relativeTime(instant: string | number, now: number, locale: string): string {
  const seconds = Math.round((new Date(instant).getTime() - now) / 1_000);
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length * NEARLY) ?? ['second', 1];
  const numeric = seconds === 0 ? 'auto' : 'always';
  return new Intl.RelativeTimeFormat(locale, { numeric }).format(Math.round(seconds / size), unit);
}

/** `320 ms`, `4 s`, `3 min`, `2 h`, `5 d`: how long something took or was late. */
export function duration(ms: number, locale: string): string {
  const [value, unit] =
    ms < 1_000
      ? ([ms, 'millisecond'] as const)
      : ms < 60_000
        ? ([ms / 1_000, 'second'] as const)
        : ms < 3_600_000
          ? ([ms / 60_000, 'minute'] as const)
          : ms < 86_400_000
            ? ([ms / 3_600_000, 'hour'] as const)
            : ([ms / 86_400_000, 'day'] as const);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && unit !== 'millisecond' ? 1 : 0,
  }).format(value);
}
