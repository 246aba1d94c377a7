import { Temporal } from 'temporal-polyfill';
import { daysEn, daysRu } from './describe-days.ts';
import { formatLocal } from './local-time.ts';
import type { Language } from './result.ts';

export type DescribedRule =
  | { type: 'one_time'; trigger_at: Date; timezone: string }
  | { type: 'recurring'; cron_expression: string; timezone: string };

/**
 * A schedule in words: "every weekday at 09:00", "по понедельникам в 09:00", "tomorrow, Sun 22 November
 * 2026, 09:00 (Europe/Berlin)". A cron expression without a short name in words is quoted as it is.
 */
export function describeSchedule(rule: DescribedRule, locale: Language, now: Date): string {
  if (rule.type === 'one_time') return describeInstant(rule.trigger_at, rule.timezone, locale, now);
  const words = describeCron(rule.cron_expression, locale);
  if (words !== undefined) return words;
  return locale === 'ru'
    ? `по правилу cron «${rule.cron_expression}»`
    : `by the cron rule “${rule.cron_expression}”`;
}

function describeInstant(instant: Date, timezone: string, locale: Language, now: Date): string {
  const zoned = (date: Date) =>
    Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timezone);
  const at = zoned(instant);
  const days = zoned(now).toPlainDate().until(at.toPlainDate()).days;
  const names: Record<Language, Record<number, string>> = {
    en: { 0: 'today, ', 1: 'tomorrow, ' },
    ru: { 0: 'сегодня, ', 1: 'завтра, ' },
  };
  return (names[locale][days] ?? '') + formatLocal(at, locale);
}

function describeCron(expression: string, locale: Language): string | undefined {
  const [minute, hour, dayOfMonth, month, weekday, more] = expression.trim().split(/\s+/);
  if (!minute || !hour || !dayOfMonth || !month || !weekday || more !== undefined) return undefined;
  const days = { dayOfMonth, month, weekday };
  return locale === 'ru' ? russianCron(minute, hour, days) : englishCron(minute, hour, days);
}

type Days = { dayOfMonth: string; month: string; weekday: string };

function englishCron(minute: string, hour: string, days: Days): string | undefined {
  const interval = intervalOf(minute, hour);
  const everyDay = days.dayOfMonth === '*' && days.month === '*' && days.weekday === '*';
  const on = daysEn(days);
  if (on === undefined) return undefined;
  if (interval) {
    const unit = interval.unit === 'minute' ? 'minute' : 'hour';
    const often = interval.every === 1 ? `every ${unit}` : `every ${interval.every} ${unit}s`;
    const from = interval.from === undefined ? '' : ` from ${interval.from} to ${interval.to}`;
    return `${often}${from}${everyDay ? '' : `, ${on}`}`;
  }
  const times = timesOf(minute, hour);
  return times && `${on} at ${joined(times, 'and')}`;
}

function russianCron(minute: string, hour: string, days: Days): string | undefined {
  const interval = intervalOf(minute, hour);
  const everyDay = days.dayOfMonth === '*' && days.month === '*' && days.weekday === '*';
  const on = daysRu(days);
  if (on === undefined) return undefined;
  if (interval) {
    const forms: readonly [string, string, string] =
      interval.unit === 'minute' ? ['минуту', 'минуты', 'минут'] : ['час', 'часа', 'часов'];
    const form = plural(interval.every, forms);
    const each =
      interval.every % 10 === 1 && interval.every % 100 !== 11
        ? interval.unit === 'minute'
          ? 'каждую'
          : 'каждый'
        : 'каждые';
    const often = interval.every === 1 ? `${each} ${form}` : `${each} ${interval.every} ${form}`;
    const from = interval.from === undefined ? '' : ` с ${interval.from} до ${interval.to}`;
    return `${often}${from}${everyDay ? '' : `, ${on}`}`;
  }
  const times = timesOf(minute, hour);
  return times && `${on} в ${joined(times, 'и')}`;
}

function plural(count: number, [one, few, many]: readonly [string, string, string]): string {
  const tens = count % 100;
  if (tens >= 11 && tens <= 14) return many;
  if (count % 10 === 1) return one;
  return count % 10 >= 2 && count % 10 <= 4 ? few : many;
}

interface Interval {
  unit: 'minute' | 'hour';
  every: number;
  from?: string;
  to?: string;
}

function intervalOf(minute: string, hour: string): Interval | undefined {
  const step = /^\*(?:\/(\d+))?$/;
  const minutes = step.exec(minute);
  const window = /^(\d+)-(\d+)(?:\/(\d+))?$/.exec(hour);
  if (minutes) {
    const every = Number(minutes[1] ?? 1);
    if (hour === '*') return { unit: 'minute', every };
    if (window && window[3] === undefined)
      return {
        unit: 'minute',
        every,
        from: clockText(window[1], '0'),
        to: clockText(String(Number(window[2]) + 1), '0'),
      };
    return undefined;
  }
  if (minute !== '0') return undefined;
  const hours = step.exec(hour);
  if (hours) return { unit: 'hour', every: Number(hours[1] ?? 1) };
  if (window)
    return {
      unit: 'hour',
      every: Number(window[3] ?? 1),
      from: clockText(window[1], '0'),
      to: clockText(window[2], '0'),
    };
  return undefined;
}

function timesOf(minute: string, hour: string): string[] | undefined {
  const numbers = /^\d+(?:,\d+)*$/;
  if (!numbers.test(minute) || !numbers.test(hour)) return undefined;
  return hour.split(',').flatMap((at) => minute.split(',').map((of) => clockText(at, of)));
}

function clockText(hour: string | undefined, minute: string): string {
  return `${(hour ?? '0').padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

function joined(items: readonly string[], and: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;
}
