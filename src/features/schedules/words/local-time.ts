import { Temporal } from 'temporal-polyfill';
import type { Language } from './result.ts';

/** Our own names rather than ICU's, so that a sentence is the same on every build of Node. */
const WEEKDAYS: Record<Language, readonly string[]> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  ru: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
};

export const MONTHS: Record<Language, readonly string[]> = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  ru: [
    'января',
    'февраля',
    'марта',
    'апреля',
    'мая',
    'июня',
    'июля',
    'августа',
    'сентября',
    'октября',
    'ноября',
    'декабря',
  ],
};

/**
 * "Sat 21 November 2026, 14:05:10 (Europe/Berlin)", "сб, 21 ноября 2026, 14:05 (Europe/Berlin)"; the
 * seconds only when there are any.
 *
 * @param local a zoned time, or its text as RFC 9557 has it: `2026-11-21T14:05:10+01:00[Europe/Berlin]`
 */
export function formatLocal(local: Temporal.ZonedDateTime | string, language: Language): string {
  const at = typeof local === 'string' ? Temporal.ZonedDateTime.from(local) : local;
  const weekday = WEEKDAYS[language][at.dayOfWeek - 1] ?? '';
  const date = `${at.day} ${MONTHS[language][at.month - 1] ?? ''} ${at.year}`;
  return `${weekday}${language === 'ru' ? ',' : ''} ${date}, ${formatTime(at)} (${at.timeZoneId})`;
}

function formatTime(at: Temporal.ZonedDateTime): string {
  return at
    .toPlainTime()
    .toString({ smallestUnit: at.second === 0 ? 'minute' : 'second', roundingMode: 'trunc' });
}
