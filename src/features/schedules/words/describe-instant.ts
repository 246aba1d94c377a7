import { Temporal } from 'temporal-polyfill';
import { formatLocal } from './local-time.ts';
import type { Language } from './result.ts';

const NEAR: Record<Language, Record<number, string>> = {
  en: { 0: 'today, ', 1: 'tomorrow, ' },
  ru: { 0: 'сегодня, ', 1: 'завтра, ' },
};

/** "tomorrow, Sun 22 November 2026, 09:00 (Europe/Berlin)". */
export function describeInstant(instant: Date, timezone: string, language: Language, now: Date): string {
  const zoned = (date: Date) =>
    Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timezone);
  const at = zoned(instant);
  const days = zoned(now).toPlainDate().until(at.toPlainDate()).days;
  return (NEAR[language][days] ?? '') + formatLocal(at, language);
}
