import type { Tx } from '#platform/db/index.ts';
import type { Fire } from '#platform/due/index.ts';
import type { MissedRun } from './catch-up.ts';
import { wallClockOf } from './wall-clock.ts';
import { occurrenceOf } from './occurrences.ts';
import { planOf, type Plan } from './plan.ts';
import {
  insertFired,
  markPlanned,
  rulesOf,
  type NewOccurrence,
  type OccurrenceRecord,
  type PlannedChange,
  type ScheduleRecord,
} from './queries.ts';
import { recordMissed } from './missed.ts';

/** An occurrence that fires, as what it belongs to sees it. */
export interface FiredOccurrence {
  occurrence: OccurrenceRecord;
  schedule: ScheduleRecord;
  /** Told with the newest occurrence of a schedule that missed some. */
  missed: MissedRun | null;
}

/** What firing means for one kind of schedule: writes notifications or executions, for a batch at once. */
export interface ScheduleKind {
  kind: ScheduleRecord['kind'];
  /** `delivered` when committing it delivers it (a reminder on the web), else `fired`: on its way. */
  fate: 'fired' | 'delivered';
  fire(tx: Tx, fired: FiredOccurrence[]): Promise<void>;
}

/** The kinds by their names. */
export type ScheduleKinds = ReadonlyMap<string, ScheduleKind>;

export function kindsByName(kinds: ScheduleKind[]): ScheduleKinds {
  return new Map(kinds.map((kind) => [kind.kind, kind]));
}

/** The kind of a schedule. */
export function kindOf(kinds: ScheduleKinds, { id, kind }: ScheduleRecord): ScheduleKind {
  const found = kinds.get(kind);
  if (!found) throw new Error(`schedule ${id} is of the unknown kind ${kind}`);
  return found;
}

/** Records occurrences as fired now and hands them to their kinds. Returns them in the order given. */
export async function fireOccurrences(
  tx: Tx,
  kinds: ScheduleKinds,
  toFire: { schedule: ScheduleRecord; occurrence: NewOccurrence; missed: MissedRun | null }[],
): Promise<OccurrenceRecord[]> {
  if (toFire.length === 0) return [];
  const records = await insertFired(
    tx.db,
    toFire.map(({ occurrence }) => occurrence),
  );
  const recordOf = new Map(records.map((record) => [record.id, record]));
  const fired = toFire.map(({ schedule, occurrence, missed }) => ({
    schedule,
    missed,
    occurrence: recordOf.get(occurrence.id)!,
  }));
  for (const batch of Map.groupBy(fired, ({ schedule }) => schedule.kind).values()) {
    await kindOf(kinds, batch[0]!.schedule).fire(tx, batch);
  }
  return fired.map(({ occurrence }) => occurrence);
}

function changeOf({ schedule, fire, missed, next, nagging_since }: Plan, firedAt: Date): PlannedChange {
  const newest = fire.at(-1) ?? missed?.until;
  return {
    id: schedule.id,
    last_fired_at: fire.length > 0 ? firedAt : schedule.last_fired_at,
    last_due_local: newest ? wallClockOf(newest, schedule.timezone) : schedule.last_due_local,
    nagging_since,
    status: next ? schedule.status : 'completed',
  };
}

/**
 * Fires what is due: records every nominal instant with its fate, hands the batch to the kinds, and answers each
 * schedule's next instant. All of it in the claim's transaction.
 */
export function createFire(kinds: ScheduleKind[]): Fire {
  const byName = kindsByName(kinds);

  return async (tx, due, now) => {
    const dueOf = new Map(due.map((row) => [row.schedule_id, row]));
    const plans = (await rulesOf(tx.db, due)).map((schedule) =>
      planOf(schedule, dueOf.get(schedule.id)!.fire_at, now),
    );
    const toFire = plans.flatMap(({ schedule, trigger, fire, missed }) => {
      const { fate } = kindOf(byName, schedule);
      return fire.map((instant, index) => ({
        schedule,
        occurrence: occurrenceOf(schedule, instant, { trigger, fate }),
        missed: index === fire.length - 1 ? missed : null,
      }));
    });
    await recordMissed(tx, plans);
    const [fired] = await fireOccurrences(tx, byName, toFire);
    markPlanned(
      tx,
      plans.map((plan) => changeOf(plan, fired?.fired_at ?? now)),
    );
    // A due row without a plan was paused or edited meanwhile: its instant is void.
    const planned = new Map(plans.map((plan) => [plan.schedule.id, plan]));
    return due.map(({ schedule_id }) => ({ schedule_id, fire_at: planned.get(schedule_id)?.next ?? null }));
  };
}
