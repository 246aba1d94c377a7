import { compact, listed, rangeInCycle, stepOf, stretchesOf } from './describe-numbers.ts';
import { clockText, shapeOfTimes, type StepUnit, type TimeSet, type TimeShape } from './describe-times.ts';

/** "at 08:00 and 12:30", "every 15 minutes from 08:00 to 17:45", "at minutes 5 and 40 of every hour from 8 to 17". */
export function timesEn(shape: TimeShape, everyDay: boolean): string {
  switch (shape.type) {
    case 'times':
      return `at ${listed(shape.times, 'and')}`;
    case 'steps':
      return everyEn(shape.every, shape.unit) + windowsEn(shape.windows);
    case 'fields':
      return fieldsEn(shape.set, everyDay);
  }
}

/** "every minute", "every 2 hours". */
export function everyEn(every: number, unit: StepUnit | 'day' | 'week' | 'month' | 'year'): string {
  return every === 1 ? `every ${unit}` : `every ${every} ${unit}s`;
}

function windowsEn(windows: readonly (readonly [string, string])[]): string {
  if (windows.length === 0) return '';
  return ` ${listed(
    windows.map(([from, to]) => `from ${from} to ${to}`),
    'and',
  )}`;
}

function fieldsEn(set: TimeSet, everyDay: boolean): string {
  const onTheMinute = set.seconds.length === 1 && set.seconds[0] === 0;
  const range = hourRange(set.hours, everyDay);
  if (onTheMinute && set.minutes.length < 60 && set.hours.length < 24 && !range)
    return `at ${compact(set.minutes, 'and')} minutes past ${hourTimes(set.hours)}`;

  const at = partsEn(set);
  if (set.hours.length === 24) return set.minutes.length === 60 ? at : `${at} of every hour`;
  if (range) return `${at} of every hour from ${range[0]} to ${range[1]}`;
  return `${at} of the ${set.hours.length === 1 ? 'hour that begins' : 'hours that begin'} at ${hourTimes(set.hours)}`;
}

/** "at minutes 5 and 20", "every second of minute 5", "at second 30 of every minute". */
function partsEn({ minutes, seconds }: TimeSet): string {
  const onTheMinute = seconds.length === 1 && seconds[0] === 0;
  const parts = `${onTheMinute ? '' : `${partEn('second', seconds)} of `}${partEn('minute', minutes)}`;
  return parts.startsWith('every') ? parts : `at ${parts}`;
}

/** "at minutes 0 and 30 of the hour", "at seconds 0 and 30 of the minute". */
export function withinEn(set: TimeSet, unit: StepUnit): string {
  if (unit === 'hour') return `${partsEn(set)} of the hour`;
  const seconds = partEn('second', set.seconds);
  return `${seconds.startsWith('every') ? '' : 'at '}${seconds} of the minute`;
}

/** The times of day that count: "from 08:00 to 17:59", "at minutes 0 and 30 of every hour". */
export function timeLimitEn({ hours, minutes, seconds }: TimeSet, unit: StepUnit, everyDay: boolean): string {
  const isOfHours = minutes.length === 60 && (unit !== 'second' || seconds.length === 60);
  if (!isOfHours) {
    const set = { hours, minutes, seconds: unit === 'second' ? seconds : [0] };
    const shape = shapeOfTimes(set, false);
    return shape.type === 'times' ? timesEn(shape, everyDay) : fieldsEn(set, everyDay);
  }
  const range = hours.length === 1 ? ([hours[0] ?? 0, hours[0] ?? 0] as const) : hourRange(hours, everyDay);
  if (range) return windowsEn([hoursWindow(range, unit)]).trim();
  return `in the hours that begin at ${hourTimes(hours)}`;
}

/** From the first time of the first hour to the last of the last. */
export function hoursWindow([from, to]: readonly [number, number], unit: StepUnit): [string, string] {
  return [clockText(from * 3600), clockText(to * 3600 + (unit === 'second' ? 3599 : 3540))];
}

/** "every minute", "minute 5", "minutes 0 to 29", "minutes 5 and 20". */
function partEn(unit: StepUnit, numbers: readonly number[]): string {
  if (numbers.length === 60) return `every ${unit}`;
  const [stretch, another] = stretchesOf(numbers, 1);
  if (stretch && !another && numbers.length > 2) return `${unit}s ${stretch[0]} to ${stretch[1]}`;
  return `${unit}${numbers.length === 1 ? '' : 's'} ${compact(numbers, 'and')}`;
}

/** Hours that follow each other, past midnight only where every day has them. */
export function hourRange(hours: readonly number[], everyDay: boolean): [number, number] | undefined {
  const range = rangeInCycle(hours, { from: 0, size: 24, least: 3 });
  return range && (everyDay || range[0] < range[1]) ? range : undefined;
}

function hourTimes(hours: readonly number[]): string {
  const text = (hour: number) => clockText(hour * 3600);
  return stepOf(hours) === undefined ? listed(hours.map(text), 'and') : compact(hours, 'and', text);
}
