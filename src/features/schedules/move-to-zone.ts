import { appNow } from '#platform/clock/app-now.ts';
import type { Tx } from '#platform/db/index.ts';
import { setManyDue } from '#platform/due/index.ts';
import { inZone } from './in-zone.ts';
import { earlier, naggingOf, nextNag } from './nagging.ts';
import { lockFollowing, setZoneOfEnded, updateMoved, type WaitingRecord } from './queries/zones.ts';
import { nextInstant } from './rule.ts';
import { columnsOf, ruleOf } from './stored-rule.ts';

function later(a: Date, b: Date | null): Date {
  return b && b > a ? b : a;
}

function isKept({ type, local_time, last_fired_at, trigger_at }: WaitingRecord): boolean {
  if (type === 'recurring') return false;
  // An instant is the same everywhere, and what has come has come.
  return local_time === null || (last_fired_at !== null && last_fired_at >= trigger_at!);
}

function moved(schedule: WaitingRecord, timezone: string, now: Date) {
  const kept = isKept(schedule);
  const rule = inZone(ruleOf(schedule), timezone);
  const { trigger_at, starts_at } = columnsOf(rule);
  const nagging = naggingOf(schedule);
  const nextOfRule =
    rule.type === 'one_time' ? rule.trigger_at : nextInstant(rule, later(now, schedule.last_fired_at));
  return {
    id: schedule.id,
    timezone,
    trigger_at: kept ? schedule.trigger_at : trigger_at,
    starts_at,
    revision: kept ? schedule.revision : schedule.revision + 1,
    revised_at: kept ? schedule.revised_at : now,
    // A wall-clock time of the zone before says nothing about this one's.
    last_due_local: kept ? schedule.last_due_local : null,
    fire_at: kept ? schedule.fire_at : earlier(nextOfRule, nagging ? nextNag(nagging, now) : null),
  };
}

/**
 * A user is in another time zone: the wall-clock times of schedules that follow them are meant there from now on;
 * instants stay. What by the new zone has passed already, and had not come by the old, comes at once.
 */
export async function moveToZone(tx: Tx, userId: string, timezone: string): Promise<void> {
  const schedules = await lockFollowing(tx.db, userId);
  const now = await appNow(tx.db);
  const changed = schedules.map((schedule) => moved(schedule, timezone, now));
  await updateMoved(tx.db, changed);
  await setZoneOfEnded(tx.db, userId, timezone);
  const active = new Set(schedules.filter(({ status }) => status === 'active').map(({ id }) => id));
  await setManyDue(
    tx,
    changed.flatMap(({ id, revision, fire_at }) =>
      active.has(id) ? [{ schedule_id: id, revision, fire_at }] : [],
    ),
  );
}
