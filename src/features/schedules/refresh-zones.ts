import type { Database, Tx } from '#platform/db/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import { setManyDue } from '#platform/due/index.ts';
import { hasFired } from './has-fired.ts';
import { inZone } from './in-zone.ts';
import { earlier, naggingOf, nagToWait } from './nagging.ts';
import {
  lockWallClock,
  selectTzdata,
  updateMoved,
  upsertTzdata,
  type WaitingRecord,
} from './queries/zones.ts';
import { firstNotCome, nextToWait } from './next-by-wall-clock.ts';
import { columnsOf, ruleOf } from './stored-rule.ts';

/** Schedules of one transaction: nobody waits long for them. */
const BATCH = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** What waits by the rules of zones as they are now, where it is another instant. */
function refreshed(schedule: WaitingRecord, now: Date) {
  const { fire_at, trigger_at, starts_at } = schedule;
  if (!fire_at) return undefined;
  if (schedule.type === 'one_time') {
    const moved = columnsOf(inZone(ruleOf(schedule), schedule.timezone)).trigger_at!;
    if (hasFired(schedule) || moved.getTime() === trigger_at!.getTime()) return undefined;
    return { trigger_at: moved, starts_at, fire_at: moved };
  }
  // What is overdue has not fired: it too is where the wall clock has it now, and not there and here.
  const isOverdue = fire_at <= now;
  const next = isOverdue ? firstNotCome(schedule) : nextToWait(schedule, now);
  const waits = earlier(next, nagToWait(schedule, now));
  const isAskedAgain = isOverdue && naggingOf(schedule) !== undefined;
  if (isAskedAgain || waits?.getTime() === fire_at.getTime()) return undefined;
  return { trigger_at, starts_at, fire_at: waits };
}

async function refreshBatch(tx: Tx, after: string): Promise<{ last: string | undefined; changed: number }> {
  const schedules = await lockWallClock(tx.db, after, BATCH);
  const now = await appNow(tx.db);
  const changed = schedules.flatMap((schedule) => {
    const change = refreshed(schedule, now);
    const { id, timezone, revision, last_due_local } = schedule;
    return change
      ? [{ id, timezone, last_due_local, revision: revision + 1, revised_at: now, ...change }]
      : [];
  });
  await updateMoved(tx.db, changed);
  await setManyDue(
    tx,
    changed.map(({ id, revision, fire_at }) => ({ schedule_id: id, revision, fire_at })),
  );
  return { last: schedules.at(-1)?.id, changed: changed.length };
}

/**
 * Computes anew what waits in due of all wall-clock schedules: the rules of time zones have changed. Nothing fires
 * again that has fired. Returns how many were moved.
 */
export async function refreshZones(database: Database): Promise<number> {
  let total = 0;
  let after: string | undefined = FIRST_ID;
  while (after !== undefined) {
    const from: string = after;
    const { last, changed } = await database.asSystem(async (tx) => await refreshBatch(tx, from));
    total += changed;
    after = last;
  }
  return total;
}

/**
 * The same where this program has newer rules than what waits was computed by. Of several programs on one database the
 * newest decides. Returns how many were moved; undefined when there was nothing to do.
 * @param version of the rules this program has
 */
export async function refreshIfNewer(
  database: Database,
  version = process.versions['tz'],
): Promise<number | undefined> {
  const known = await selectTzdata(database.system);
  if (version === undefined || (known !== undefined && known >= version)) return undefined;
  const moved = await refreshZones(database);
  await upsertTzdata(database.system, version);
  return moved;
}
