import { nthRu, WEEKDAYS_RU } from './describe-names-ru.ts';
import { listed } from './describe-numbers.ts';
import { boundsRu, onceRu } from './describe-rrule-bounds-ru.ts';
import { rruleDaysRu } from './describe-rrule-days-ru.ts';
import { limitsRu } from './describe-rrule-limits-ru.ts';
import type { PeriodUnit, RruleMeaning } from './describe-rrule.ts';
import { everyRu, timeLimitRu, timesRu, withinRu } from './describe-times-ru.ts';
import { shapeOfTimes } from './describe-times.ts';

/** за неделю */
const IN: Record<PeriodUnit, string> = {
  second: 'секунду',
  minute: 'минуту',
  hour: 'час',
  day: 'день',
  week: 'неделю',
  month: 'месяц',
  year: 'год',
};

/** "каждую вторую пятницу в 09:00, с 27 ноября 2026", "каждые 25 минут, только по будням, с …". */
export function rruleRu(meaning: RruleMeaning): string {
  const { positions, unit, weekStart, bounds, zone } = meaning;
  const ofZone = zone === undefined ? '' : ` (время ${zone})`;
  if (bounds.once) return onceRu(bounds.once, bounds) + ofZone;
  const times = listed(
    positions.map((position) => nthRu(position, 'm')),
    'и',
  );
  const chosen = positions.length === 0 ? '' : `, но только ${times} раз за ${IN[unit]}`;
  const weeks = weekStart === undefined ? '' : `, недели начинаются с ${WEEKDAYS_RU[weekStart]?.of}`;
  return `${baseRu(meaning)}${chosen}${weeks}${boundsRu(bounds)}${ofZone}`;
}

function baseRu({ every, unit, times, days, limits, everyDay, positions }: RruleMeaning): string {
  const intoNight = everyDay && limits.length + positions.length === 0;
  if (times.type === 'elapsed') {
    const within = times.within ? `, ${withinRu(times.within, times.unit)}` : '';
    const limit = times.limit ? [timeLimitRu(times.limit, times.unit, limits.length === 0)] : [];
    return `${everyRu(every, times.unit)}${within}${limitsRu(limits, limit)}`;
  }
  const shape = shapeOfTimes(times.times, intoNight);
  const time = timesRu(shape, intoNight);
  const { text, closed } = rruleDaysRu(days, every, unit);
  const only = limitsRu(limits, []);
  if (shape.type === 'times') return `${text}${closed ? ',' : ''} ${time}${only}`;
  return everyDay ? time + only : `${time}, ${text}${only}`;
}
