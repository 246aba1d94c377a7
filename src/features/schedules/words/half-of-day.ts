import { alt, map, term, word, type Parser } from './combinators.ts';
import type { Clock } from './meaning.ts';
import type { Daypart } from './terms.ts';

export type HalfOfDay = 'am' | 'pm' | Daypart;

/** "pm", "in the evening", "вечера" behind an hour. */
export const halfOfDay: Parser<HalfOfDay> = alt(
  map(word('am'), () => 'am' as const),
  map(word('pm'), () => 'pm' as const),
  map(
    term('daypart', (found) => !found.each),
    (found) => found.part,
  ),
  map(
    term('relative_day', (found) => found.days === 0 && found.part !== undefined),
    (found) => found.part,
  ),
);
/** The same without "tonight", which says the day as well. */
export const half = alt(
  map(word('am'), () => 'am' as const),
  map(word('pm'), () => 'pm' as const),
  map(
    term('daypart', (found) => !found.each),
    (found) => found.part,
  ),
);

/**
 * The hour on the 24-hour clock that "3 in the morning" or "11 at night" means; undefined when nobody
 * would say it. An hour above 12 is already on that clock.
 */
export function hourIn(hour: number, part: HalfOfDay): number | undefined {
  if (hour > 23) return undefined;
  if (hour > 12 || hour === 0) return hour;
  switch (part) {
    case 'am':
      return hour % 12;
    case 'morning':
      return hour === 12 ? undefined : hour;
    case 'pm':
      return (hour % 12) + 12;
    case 'afternoon':
      return hour === 12 || hour <= 6 ? (hour % 12) + 12 : undefined;
    case 'evening':
      return hour >= 4 && hour <= 11 ? hour + 12 : undefined;
    case 'night':
      // "7 tonight" is in the evening; 5 could be either
      if (hour === 5) return undefined;
      return hour >= 6 && hour <= 11 ? hour + 12 : hour % 12;
  }
}

export const clock = (hour: number, minute = 0, second = 0): Clock => ({ hour, minute, second });

/** An hour and minute that only a twelve-hour reading or a later day part settles. */
export function onDial(hour: number, minute: number): Clock | undefined {
  return hour >= 1 && hour <= 12 && minute >= 0 && minute < 60
    ? { ...clock(hour % 12 === 0 ? 12 : hour, minute), bare: true }
    : undefined;
}

export function within(hour: number, minute: number, part: HalfOfDay): Clock | undefined {
  const found = hourIn(hour, part);
  if (found === undefined || minute >= 60) return undefined;
  return part === 'night' && found === 0 && minute === 0
    ? { ...clock(0), midnight: true }
    : { ...clock(found, minute), half: true };
}

/** So many minutes before the hour. */
export const before = (hour: number, minute: number): Clock | undefined =>
  onDial(hour === 1 ? 12 : hour - 1, 60 - minute);
