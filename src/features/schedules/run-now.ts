import type { Tx } from '#platform/db/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { fireOccurrences, kindOf, type ScheduleKinds } from './fire.ts';
import { occurrenceOf } from './occurrences.ts';
import { lockSchedule, nextFireAt, type OccurrenceRecord, type ScheduleRecord } from './queries.ts';
import { selectCome } from './queries/come.ts';
import { nextInstant } from './rule.ts';
import { ruleOf } from './stored-rule.ts';

/** Of a backfill at most so many are fired: whoever wants more asks for the next part. */
const MAX_BACKFILL = 100;

async function locked(tx: Tx, id: string): Promise<ScheduleRecord> {
  const schedule = await lockSchedule(tx.db, id);
  if (schedule) return schedule;
  throw new AppError({ code: 'schedules.not_found', kind: 'not_found', message: 'No such schedule' });
}

/** Fires a schedule now because somebody says so. Its own times are untouched: this occurrence is not one of them. */
export async function runNow(tx: Tx, kinds: ScheduleKinds, id: string): Promise<OccurrenceRecord> {
  const schedule = await locked(tx, id);
  const { fate } = kindOf(kinds, schedule);
  const occurrence = occurrenceOf(schedule, await appNow(tx.db), { trigger: 'manual', fate });
  const [fired] = await fireOccurrences(tx, kinds, [{ schedule, occurrence, missed: null }]);
  return fired!;
}

/**
 * Fires the instants of the rule from `from` on, before `to`, that have passed and did not fire: missed, skipped, or
 * before there was the schedule.
 * @throws AppError 422 when `to` is not after `from`, or there are more than a hundred
 */
export async function backfill(
  tx: Tx,
  kinds: ScheduleKinds,
  id: string,
  { from, to }: { from: Date; to: Date },
): Promise<OccurrenceRecord[]> {
  if (to <= from) throw invalidField('to', 'must be after from');
  const schedule = await locked(tx, id);
  const now = await appNow(tx.db);
  // What waits in due, be it late, comes by itself.
  const waiting = await nextFireAt(tx.db, id);
  const end = [to, now, waiting ?? now].reduce((first, one) => (one < first ? one : first));
  const come = new Set((await selectCome(tx.db, id, { from, to: end })).map((due_at) => due_at.getTime()));
  const rule = ruleOf(schedule);
  const instants: Date[] = [];
  let next = nextInstant(rule, new Date(from.getTime() - 1));
  while (next && next < end) {
    if (!come.has(next.getTime())) instants.push(next);
    if (instants.length > MAX_BACKFILL) {
      throw invalidField('to', `there are more than ${MAX_BACKFILL} times in it: ask for less at once`);
    }
    next = nextInstant(rule, next);
  }
  const { fate } = kindOf(kinds, schedule);
  return await fireOccurrences(
    tx,
    kinds,
    instants.map((instant) => ({
      schedule,
      occurrence: occurrenceOf(schedule, instant, { trigger: 'backfill', fate }),
      missed: null,
    })),
  );
}
