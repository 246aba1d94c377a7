import { fromRu, MONTHS_RU, pluralRu } from './describe-names-ru.ts';
import { listed } from './describe-numbers.ts';
import { dayGroups } from './describe-rrule-bounds-en.ts';
import type { Bounds, Moment } from './describe-rrule-bounds.ts';

/** ", с 27 ноября 2026, 10 раз, кроме 24 и 25 декабря 2026"; empty where nothing bounds a rule. */
export function boundsRu({ from, until, count, except, also }: Bounds): string {
  const span = [from ? sinceRu(from) : '', until ? untilRu(until, from !== undefined) : ''];
  const often = count === undefined ? '' : `${count} ${pluralRu(count, ['раз', 'раза', 'раз'])}`;
  const phrases = [span.filter((each) => each !== '').join(' '), often];
  return phrases.map((phrase) => (phrase === '' ? '' : `, ${phrase}`)).join('') + changesRu(except, also);
}

/** "один раз, 27 ноября 2026 в 09:00": of a rule that comes one time. */
export function onceRu(once: Moment, { except, also }: Bounds): string {
  return `один раз, ${onRu([once])}${changesRu(except, also)}`;
}

function changesRu(except: readonly Moment[], also: readonly Moment[]): string {
  const without = except.length === 0 ? '' : `, кроме ${onRu(except)}`;
  return without + (also.length === 0 ? '' : `, а также ${onRu(also)}`);
}

function sinceRu(moment: Moment): string {
  return moment.time === undefined ? fromRu(momentRu(moment)) : `начиная с ${momentRu(moment)}`;
}

/** "с 27 ноября по 5 декабря", "до 5 декабря включительно". */
function untilRu(moment: Moment, isFrom: boolean): string {
  const isRange = isFrom && moment.time === undefined;
  return isRange ? `по ${momentRu(moment)}` : `до ${momentRu(moment)} включительно`;
}

/** "27 ноября 2026", "09:30 27 ноября 2026". */
function momentRu({ time, ...date }: Moment): string {
  return time === undefined ? dateRu([date]) : `${time} ${dateRu([date])}`;
}

/** "24 и 25 декабря 2026", "24 декабря 2026 в 15:00 и 18:00". */
function onRu(moments: readonly Moment[]): string {
  return listed(
    dayGroups(moments).map(
      (group) => `${dateRu(group.moments)}${group.times ? ` в ${listed(group.times, 'и')}` : ''}`,
    ),
    'и',
  );
}

function dateRu(moments: readonly Moment[]): string {
  const [first] = moments;
  const days = listed(
    moments.map(({ day }) => String(day)),
    'и',
  );
  return first ? `${days} ${MONTHS_RU[first.month - 1]?.of} ${first.year}` : '';
}
