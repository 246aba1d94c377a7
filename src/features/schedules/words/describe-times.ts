import { stepOf, stretchesOf } from './describe-numbers.ts';

/** The times of a day on which a rule fires: every pairing of these. Each sorted, none empty. */
export interface TimeSet {
  hours: readonly number[];
  minutes: readonly number[];
  seconds: readonly number[];
}

export type StepUnit = 'second' | 'minute' | 'hour';

/** How the times of a day are best told, in any language. Texts of times are `08:05` or `08:05:30`. */
export type TimeShape =
  /** By the clock: 08:00, 12:30 and 18:00. */
  | { type: 'times'; times: string[] }
  /** Evenly, the whole day from midnight on (no windows), or from the first time to the last of each window. */
  | { type: 'steps'; unit: StepUnit; every: number; windows: [string, string][] }
  /** By minutes and seconds of hours. */
  | { type: 'fields'; set: TimeSet };

const DAY_S = 86_400;
const HOUR_S = 3_600;

/** As many times are told one by one. */
const MOST_TIMES = 8;
const MOST_WINDOWS = 3;
/** "every 8 hours" leaves open which ones; three times don't. */
const LONGEST_STEP_S = 4 * HOUR_S;

/**
 * How to tell the times of a day so that nothing is left open.
 *
 * @param everyDay whether each day has them: only then may a window go on past midnight
 */
export function shapeOfTimes(set: TimeSet, everyDay: boolean): TimeShape {
  if (set.hours.length === 24) return shapeOfHour(set);
  const times = timesOf(set);
  const step = stepOf(times);
  if (step !== undefined && times[0] === 0 && step * times.length === DAY_S && step <= LONGEST_STEP_S)
    return { type: 'steps', ...inUnit(step), windows: [] };
  const windows = windowsOf(times, everyDay);
  if (windows) return windows;
  const onceAnHour = set.minutes.length * set.seconds.length === 1;
  if (times.length <= MOST_TIMES || onceAnHour) return { type: 'times', times: times.map(clockText) };
  return { type: 'fields', set };
}

/** Of a day whose hours are all alike. */
function shapeOfHour(set: TimeSet): TimeShape {
  const times = timesOf({ ...set, hours: [0] });
  const step = times.length === 1 ? HOUR_S : stepOf(times);
  if (step !== undefined && times[0] === 0 && step * times.length === HOUR_S)
    return { type: 'steps', ...inUnit(step), windows: [] };
  return { type: 'fields', set };
}

/** Seconds since midnight, in order. */
function timesOf({ hours, minutes, seconds }: TimeSet): number[] {
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * HOUR_S + minute * 60 + second)),
  );
}

function windowsOf(times: readonly number[], everyDay: boolean): TimeShape | undefined {
  const candidates = everyDay ? [times, pastMidnight(times)] : [times];
  for (const candidate of candidates) {
    const step = stepOf(candidate);
    if (step !== undefined && isWorthAWindow(step, candidate.length)) return stepped(candidate, step);
  }
  const step = Math.min(...gapsOf(times));
  const stretches = stretchesOf(times, step);
  const long = stretches.every(([from, to]) => to - from >= 2 * step);
  return long && stretches.length <= MOST_WINDOWS && times.length > 5 ? stepped(times, step) : undefined;
}

function isWorthAWindow(step: number, count: number): boolean {
  if (step === 1 || step === 60 || step === HOUR_S) return count >= 3;
  return count >= (step < HOUR_S ? 4 : 5);
}

function stepped(times: readonly number[], step: number): TimeShape {
  const windows = stretchesOf(times, step).map(([from, to]): [string, string] => [
    clockText(from),
    clockText(to),
  ]);
  return { type: 'steps', ...inUnit(step), windows };
}

/** The same times begun after the longest pause, so that those after midnight follow those before it. */
function pastMidnight(times: readonly number[]): number[] {
  const gaps = gapsOf([...times, (times[0] ?? 0) + DAY_S]);
  let longest = 0;
  for (const [index, gap] of gaps.entries()) if (gap > (gaps[longest] ?? 0)) longest = index;
  return [...times.slice(longest + 1), ...times.slice(0, longest + 1).map((time) => time + DAY_S)];
}

function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

function inUnit(step: number): { unit: StepUnit; every: number } {
  if (step % HOUR_S === 0) return { unit: 'hour', every: step / HOUR_S };
  return step % 60 === 0 ? { unit: 'minute', every: step / 60 } : { unit: 'second', every: step };
}

/** Seconds since midnight as "08:05", with seconds only where there are any. */
export function clockText(time: number): string {
  const parts = [Math.floor(time / HOUR_S) % 24, Math.floor(time / 60) % 60];
  if (time % 60 !== 0) parts.push(time % 60);
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
