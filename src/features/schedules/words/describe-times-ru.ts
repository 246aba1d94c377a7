import { fromRu, pluralRu } from './describe-names-ru.ts';
import { compact, listed, stepOf, stretchesOf } from './describe-numbers.ts';
import { hourRange, hoursWindow } from './describe-times-en.ts';
import { clockText, shapeOfTimes, type StepUnit, type TimeSet, type TimeShape } from './describe-times.ts';

type Unit = StepUnit | 'day' | 'week' | 'month' | 'year';

/** After a number in the accusative: каждую 1 минуту, каждые 2 минуты, 5 минут. */
const FORMS: Record<Unit, readonly [string, string, string]> = {
  second: ['секунду', 'секунды', 'секунд'],
  minute: ['минуту', 'минуты', 'минут'],
  hour: ['час', 'часа', 'часов'],
  day: ['день', 'дня', 'дней'],
  week: ['неделю', 'недели', 'недель'],
  month: ['месяц', 'месяца', 'месяцев'],
  year: ['год', 'года', 'лет'],
};
const FEMININE: ReadonlySet<Unit> = new Set(['second', 'minute', 'week']);

/** "в 08:00 и 12:30", "каждые 15 минут с 08:00 до 17:45", "в 5 и 40 минут каждого часа с 8 до 17 включительно". */
export function timesRu(shape: TimeShape, everyDay: boolean): string {
  switch (shape.type) {
    case 'times':
      return `в ${listed(shape.times, 'и')}`;
    case 'steps':
      return everyRu(shape.every, shape.unit) + windowsRu(shape.windows);
    case 'fields':
      return fieldsRu(shape.set, everyDay);
  }
}

/** "каждую минуту", "каждые 2 часа", "раз в 21 день". */
export function everyRu(every: number, unit: Unit): string {
  const form = pluralRu(every, FORMS[unit]);
  if (every === 1) return `${FEMININE.has(unit) ? 'каждую' : 'каждый'} ${form}`;
  return `${form === FORMS[unit][0] ? 'раз в' : 'каждые'} ${every} ${form}`;
}

function windowsRu(windows: readonly (readonly [string, string])[]): string {
  if (windows.length === 0) return '';
  return ` ${listed(
    windows.map(([from, to]) => `с ${from} до ${to}`),
    'и',
  )}`;
}

function fieldsRu(set: TimeSet, everyDay: boolean): string {
  const onTheMinute = set.seconds.length === 1 && set.seconds[0] === 0;
  const range = hourRange(set.hours, everyDay);
  if (onTheMinute && set.minutes.length < 60 && set.hours.length < 24 && !range)
    return `через ${amount(set.minutes, 'minute')} после ${hourTimes(set.hours)}`;

  const hours = hoursRu(set.hours, range);
  if (set.minutes.length === 60 && set.hours.length === 24) return partsRu(set);
  return `${partsRu(set)} ${hours}`;
}

/** "в 5 и 20 минут", "каждую секунду в минуты 5 и 20", "в 30 секунд каждой минуты". */
function partsRu({ minutes, seconds }: TimeSet): string {
  if (seconds.length === 1 && seconds[0] === 0) return partRu('minute', minutes);
  const part = partRu('second', seconds);
  if (minutes.length === 60) return seconds.length === 60 ? part : `${part} каждой минуты`;
  return `${part} ${minutes.length === 1 ? 'в минуту' : 'в минуты'} ${compact(minutes, 'и')}`;
}

/** "в 0 и 30 минут часа", "в 0 и 30 секунд минуты". */
export function withinRu(set: TimeSet, unit: StepUnit): string {
  if (unit !== 'hour') return `${partRu('second', set.seconds)} минуты`;
  return `${partsRu(set)} часа`;
}

/** The times of day that count: "с 08:00 до 17:59", "в 0 и 30 минут каждого часа". */
export function timeLimitRu({ hours, minutes, seconds }: TimeSet, unit: StepUnit, everyDay: boolean): string {
  const isOfHours = minutes.length === 60 && (unit !== 'second' || seconds.length === 60);
  if (!isOfHours) {
    const set = { hours, minutes, seconds: unit === 'second' ? seconds : [0] };
    const shape = shapeOfTimes(set, false);
    return shape.type === 'times' ? timesRu(shape, everyDay) : fieldsRu(set, everyDay);
  }
  const range = hours.length === 1 ? ([hours[0] ?? 0, hours[0] ?? 0] as const) : hourRange(hours, everyDay);
  if (range) return windowsRu([hoursWindow(range, unit)]).trim();
  return `в течение ${hoursRu(hours, undefined)}`;
}

/** "каждую минуту", "с 0-й по 29-ю минуту", "в 5 и 40 минут". */
function partRu(unit: 'second' | 'minute', numbers: readonly number[]): string {
  if (numbers.length === 60) return everyRu(1, unit);
  const [stretch, another] = stretchesOf(numbers, 1);
  if (stretch && !another && numbers.length > 2)
    return `каждую ${FORMS[unit][0]} ${fromRu(`${stretch[0]}-й`)} по ${stretch[1]}-ю`;
  return `в ${amount(numbers, unit)}`;
}

/** "5 и 21 минуту": the noun goes with the last number. */
function amount(numbers: readonly number[], unit: 'second' | 'minute'): string {
  return `${compact(numbers, 'и')} ${pluralRu(numbers.at(-1) ?? 0, FORMS[unit])}`;
}

function hoursRu(hours: readonly number[], range: readonly [number, number] | undefined): string {
  if (hours.length === 24) return 'каждого часа';
  if (range) return `каждого часа с ${range[0]} до ${range[1]} включительно`;
  return `${hours.length === 1 ? 'часа, начинающегося' : 'часов, начинающихся'} в ${hourTimes(hours)}`;
}

function hourTimes(hours: readonly number[]): string {
  const text = (hour: number) => clockText(hour * 3600);
  return stepOf(hours) === undefined ? listed(hours.map(text), 'и') : compact(hours, 'и', text);
}
