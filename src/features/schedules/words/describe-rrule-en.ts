import { listed } from './describe-numbers.ts';
import { boundsEn, onceEn } from './describe-rrule-bounds-en.ts';
import { limitsEn } from './describe-rrule-limits-en.ts';
import { rruleDaysEn } from './describe-rrule-days-en.ts';
import type { RruleMeaning } from './describe-rrule.ts';
import { nthEn } from './describe-picks-en.ts';
import { everyEn, timeLimitEn, timesEn, withinEn } from './describe-times-en.ts';
import { shapeOfTimes } from './describe-times.ts';
import { weekdaysEn } from './describe-week-en.ts';

/** "every second Friday at 09:00, from 27 November 2026", "every 25 minutes, only on weekdays, from …". */
export function rruleEn(meaning: RruleMeaning): string {
  const { positions, unit, weekStart, bounds, zone } = meaning;
  const ofZone = zone === undefined ? '' : ` (time in ${zone})`;
  if (bounds.once) return onceEn(bounds.once, bounds) + ofZone;
  const chosen =
    positions.length === 0 ? '' : `, but only the ${listed(positions.map(nthEn), 'and')} time each ${unit}`;
  const weeks = weekStart === undefined ? '' : `, weeks beginning on ${weekdaysEn([weekStart], 'and')}`;
  return `${baseEn(meaning)}${chosen}${weeks}${boundsEn(bounds)}${ofZone}`;
}

function baseEn({ every, unit, times, days, limits, everyDay, positions }: RruleMeaning): string {
  const intoNight = everyDay && limits.length + positions.length === 0;
  if (times.type === 'elapsed') {
    const within = times.within ? `, ${withinEn(times.within, times.unit)}` : '';
    const limit = times.limit ? [timeLimitEn(times.limit, times.unit, limits.length === 0)] : [];
    return `${everyEn(every, times.unit)}${within}${limitsEn(limits, limit)}`;
  }
  const shape = shapeOfTimes(times.times, intoNight);
  const time = timesEn(shape, intoNight);
  const { text, closed } = rruleDaysEn(days, every, unit);
  const only = limitsEn(limits, []);
  if (shape.type === 'times') return `${text}${closed ? ',' : ''} ${time}${only}`;
  return everyDay ? time + only : `${time}, ${text}${only}`;
}
