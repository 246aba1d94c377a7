import { appNow } from '#platform/clock/app-now.ts';
import type { Tx } from '#platform/db/index.ts';
import { setManyDue } from '#platform/due/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { hasFired } from './has-fired.ts';
import { inZone } from './in-zone.ts';
import { earlier, nagToWait } from './nagging.ts';
import { nextToWait } from './next-by-wall-clock.ts';
import { lockFollowing, setZoneOfEnded, updateMoved, type WaitingRecord } from './queries/zones.ts';
import type { Rule } from './rule.ts';
import { columnsOf, ruleOf } from './stored-rule.ts';

/** Undefined for a time that the other zone has only beyond the year 9999. */
function ruleInZone(schedule: WaitingRecord, timezone: string): Rule | undefined {
  try {
    return inZone(ruleOf(schedule), timezone);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** A schedule with its wall-clock times in another zone, and what waits of it; undefined where it stays as it is. */
function moved(schedule: WaitingRecord, timezone: string, now: Date): WaitingRecord | undefined {
  const rule = ruleInZone(schedule, timezone);
  if (!rule || schedule.timezone === timezone) return undefined;
  // An instant is the same everywhere, and what has come has come.
  if (schedule.type === 'one_time' && (schedule.local_time === null || hasFired(schedule))) {
    return { ...schedule, timezone };
  }
  const { trigger_at, starts_at } = columnsOf(rule);
  // A wall-clock time of the zone before says nothing about this one's.
  const there = { ...schedule, timezone, trigger_at, starts_at, last_due_local: null, revised_at: now };
  // What is due already is fired as it is; it is the last of its zone.
  if (schedule.fire_at && schedule.fire_at <= now) return there;
  const nextOfRule = rule.type === 'one_time' ? rule.trigger_at : nextToWait(there, now);
  // A rule that is over by the clocks there keeps its own: nothing that is to come is lost.
  if (!nextOfRule && schedule.fire_at) return undefined;
  const fire_at = earlier(nextOfRule, nagToWait(there, now));
  return { ...there, revision: schedule.revision + 1, fire_at };
}

/**
 * A user is in another time zone: the wall-clock times of schedules that follow them are meant there from now on;
 * instants stay. What by the new zone has passed already, and had not come by the old, comes at once. Before the user's
 * row is locked: firing takes the locks in this order too.
 */
export async function moveToZone(tx: Tx, userId: string, timezone: string): Promise<void> {
  const schedules = await lockFollowing(tx.db, userId);
  const now = await appNow(tx.db);
  const changed = schedules.flatMap((schedule) => moved(schedule, timezone, now) ?? []);
  await updateMoved(tx.db, changed);
  await setZoneOfEnded(tx.db, userId, timezone);
  await setManyDue(
    tx,
    changed
      .filter(({ status }) => status === 'active')
      .map(({ id, revision, fire_at }) => ({ schedule_id: id, revision, fire_at })),
  );
}
