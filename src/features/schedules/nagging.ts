import type { ScheduleRecord } from './queries.ts';

/** What a schedule asks again about, and how often. */
export interface Nagging {
  since: Date;
  every_ms: number;
}

type NaggingColumns = Pick<ScheduleRecord, 'nag_every_s' | 'nagging_since'>;

/** Undefined when nothing is open, or the schedule does not nag. */
export function naggingOf({ nag_every_s, nagging_since }: NaggingColumns): Nagging | undefined {
  if (nag_every_s === null || nagging_since === null) return undefined;
  return { since: nagging_since, every_ms: nag_every_s * 1_000 };
}

/** The first time of asking again strictly after `from`. */
export function nextNag({ since, every_ms }: Nagging, from: Date): Date {
  const rounds = Math.floor((from.getTime() - since.getTime()) / every_ms) + 1;
  return new Date(since.getTime() + Math.max(1, rounds) * every_ms);
}

/** When a schedule is to ask again: after all that it has, also when the clock was set back. Null when nothing is open. */
export function nagToWait(
  schedule: NaggingColumns & Pick<ScheduleRecord, 'last_fired_at'>,
  now: Date,
): Date | null {
  const nagging = naggingOf(schedule);
  const { last_fired_at } = schedule;
  return nagging ? nextNag(nagging, last_fired_at && last_fired_at > now ? last_fired_at : now) : null;
}

/** The earlier of two instants, either of which there may not be. */
export function earlier(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}
