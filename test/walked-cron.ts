import { type RandomCron, wallClockOf } from './random-cron.ts';

const SKIPPED_MS = 3 * 3_600_000;

/** What a clock on the wall shows at each step of a stretch of time, as ms since 1970 as if it were UTC. */
export interface Walk {
  from: number;
  step: number;
  shown: number[];
}

/** What a zone's wall clock shows at an instant, by the date and time that Intl writes. */
export function wallClockByIntl(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (instant) => {
    const [year = 0, month = 0, day, hour, minute, second] = (format.format(instant).match(/\d+/g) ?? []).map(
      Number,
    );
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}

export function walk(show: (instant: number) => number, from: number, to: number, step: number): Walk {
  const shown: number[] = [];
  for (let instant = from; instant <= to; instant += step) shown.push(show(instant));
  return { from, step, shown };
}

/**
 * When a rule fires on a walk: one that follows real time whenever the clock shows a time of it; another when the clock
 * shows it for the first time, or has just jumped over one, unless by three hours or more.
 */
export function firesOn({ from, step, shown }: Walk, rule: RandomCron): number[] {
  const isTime = (local: number) => rule.matches(wallClockOf(local));
  const fires: number[] = [];
  let furthest = shown[0]! - step;
  for (const [index, local] of shown.entries()) {
    const instant = from + index * step;
    if (rule.wild) {
      if (isTime(local)) fires.push(instant);
      continue;
    }
    if (local <= furthest) continue;
    const jumped = index === 0 ? 0 : local - shown[index - 1]! - step;
    let fired = isTime(local);
    if (jumped < SKIPPED_MS) {
      for (let missed = furthest + step; missed < local && !fired; missed += step) fired = isTime(missed);
    }
    if (fired) fires.push(instant);
    furthest = local;
  }
  return fires;
}
