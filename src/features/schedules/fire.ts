import { record, type NewActivity } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { DueRow, Fire } from '#platform/due/index.ts';
import { newId } from '#platform/ids/index.ts';
import { catchUp, type MissedRun } from './catch-up.ts';
import {
  insertFired,
  insertMissed,
  markFired,
  rulesOf,
  type NewOccurrence,
  type OccurrenceRecord,
  type ScheduleRecord,
} from './queries.ts';
import { ruleOf } from './service.ts';

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

interface Plan {
  schedule: ScheduleRecord;
  fire: NewOccurrence[];
  missed: MissedRun | null;
  next: Date | null;
}

function occurrence(schedule: ScheduleRecord, due_at: Date, fate: NewOccurrence['fate']): NewOccurrence {
  const { id, user_id, revision } = schedule;
  return {
    id: newId(),
    schedule_id: id,
    user_id,
    revision,
    due_at,
    until: null,
    count: 1,
    fate,
    reason: null,
  };
}

function planOf(schedule: ScheduleRecord, due: DueRow, now: Date, fate: NewOccurrence['fate']): Plan {
  const { fire, missed, next } = catchUp(ruleOf(schedule), schedule.catch_up, due.fire_at, now);
  return { schedule, missed, next, fire: fire.map((instant) => occurrence(schedule, instant, fate)) };
}

function missedOccurrence({ schedule }: Plan, run: MissedRun): NewOccurrence {
  const reason =
    run.fate === 'skipped' ? 'late, and the schedule skips what is late' : 'Famulus was not running';
  return { ...occurrence(schedule, run.from, run.fate), until: run.until, count: run.count, reason };
}

async function tellMissed(tx: Tx, plans: Plan[]): Promise<void> {
  const entries: NewActivity[] = [];
  for (const { schedule, missed } of plans) {
    const { id, user_id } = schedule;
    if (!missed || user_id === null) continue;
    const { from, until, count, fate } = missed;
    const run = { from: from.toISOString(), until: until.toISOString(), count };
    const subject = `schedule:${id}`;
    tx.emit({ user_id, type: 'schedule.missed', subject, payload: { schedule_id: id, ...run } });
    entries.push({
      user_id,
      actor: 'system',
      type: 'schedule.missed',
      level: 'warning',
      message: `${count} due ${count === 1 ? 'time was' : 'times were'} ${fate} while Famulus was not running`,
      subject,
      metadata: run,
    });
  }
  await record(tx, ...entries);
}

/**
 * Fires what is due: records every nominal instant with its fate, hands the batch to the kinds, and answers each
 * schedule's next instant. All of it in the claim's transaction.
 */
export function createFire(kinds: ScheduleKind[]): Fire {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]));

  return async (tx, due, now) => {
    const dueOf = new Map(due.map((row) => [row.schedule_id, row]));
    const plans = (await rulesOf(tx.db, due)).map((schedule) => {
      const kind = byName.get(schedule.kind);
      if (!kind) throw new Error(`schedule ${schedule.id} is of the unknown kind ${schedule.kind}`);
      return planOf(schedule, dueOf.get(schedule.id)!, now, kind.fate);
    });
    const planned = new Map(plans.map((plan) => [plan.schedule.id, plan]));

    await insertMissed(
      tx.db,
      plans.flatMap((plan) => (plan.missed ? [missedOccurrence(plan, plan.missed)] : [])),
    );
    const toFire = plans.flatMap(({ fire }) => fire);
    if (toFire.length > 0) {
      const records = await insertFired(tx.db, toFire);
      const newest = new Set(plans.map(({ fire }) => fire.at(-1)?.id));
      const fired = records.map((record) => {
        const plan = planned.get(record.schedule_id)!;
        return {
          occurrence: record,
          schedule: plan.schedule,
          missed: newest.has(record.id) ? plan.missed : null,
        };
      });
      for (const [name, batch] of Map.groupBy(fired, ({ schedule }) => schedule.kind)) {
        await byName.get(name)!.fire(tx, batch);
      }
      await markFired(
        tx.db,
        [...new Set(toFire.map(({ schedule_id }) => schedule_id))],
        records[0]!.fired_at!,
      );
    }
    await tellMissed(tx, plans);
    // A due row without a plan was paused or edited meanwhile: its instant is void.
    return due.map(({ schedule_id }) => ({ schedule_id, fire_at: planned.get(schedule_id)?.next ?? null }));
  };
}
