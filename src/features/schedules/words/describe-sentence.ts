import { daysEn } from './describe-days-en.ts';
import { daysRu } from './describe-days-ru.ts';
import { isEveryDay, type DaySelection } from './describe-day-selection.ts';
import { timesEn } from './describe-times-en.ts';
import { timesRu } from './describe-times-ru.ts';
import { shapeOfTimes, type TimeSet } from './describe-times.ts';
import type { Language } from './result.ts';

/** Times of days as one phrase: "every weekday at 09:00", "каждые 15 минут с 08:00 до 17:45, по будням". */
export function timesOfDays(times: TimeSet, days: DaySelection, language: Language): string {
  const everyDay = isEveryDay(days);
  const shape = shapeOfTimes(times, everyDay);
  const time = (language === 'ru' ? timesRu : timesEn)(shape, everyDay);
  const { text, closed } = (language === 'ru' ? daysRu : daysEn)(days);
  if (shape.type === 'times') return `${text}${closed ? ',' : ''} ${time}`;
  return everyDay ? time : `${time}, ${text}`;
}
