/** A week of which the first day is a Sunday, as cron counts. */
const SUNDAY = Date.UTC(2026, 10, 1);
const DAY_MS = 86_400_000;

/** The name of a day, Sunday 0. */
export function weekdayName(day: number, locale: string, width: 'long' | 'short'): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' });
  return format.format(SUNDAY + (day % 7) * DAY_MS);
}

/** The days of a week in the order in which a region has them. */
export function weekOf(locale: string): number[] {
  const first = firstDay(locale) % 7;
  return Array.from({ length: 7 }, (_, index) => (first + index) % 7);
}

/** Monday 1 to Sunday 7. Firefox does not know. */
function firstDay(locale: string): number {
  const of = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return of.getWeekInfo?.().firstDay ?? 1;
}
