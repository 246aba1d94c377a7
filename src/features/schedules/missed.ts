import { record, type NewActivity } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { MissedRun } from './catch-up.ts';
import { occurrenceOf } from './occurrences.ts';
import type { Plan } from './plan.ts';
import { extendMissed, insertMissed, type NewOccurrence } from './queries/missed.ts';

interface Missed {
  plan: Plan;
  run: MissedRun;
}

const reasons: Record<MissedRun['fate'], string> = {
  missed: 'Famulus was not running',
  skipped: 'late, and the schedule skips what is late',
};

function occurrence({ plan: { schedule, trigger }, run }: Missed): NewOccurrence {
  const { from, until, count, fate } = run;
  return { ...occurrenceOf(schedule, from, { trigger, fate }), until, count, reason: reasons[fate] };
}

function activity({ plan: { schedule }, run }: Missed, user_id: string): NewActivity {
  const { from, until, count, fate } = run;
  return {
    user_id,
    actor: 'system',
    type: 'schedule.missed',
    level: 'warning',
    message: `${count} due ${count === 1 ? 'time was' : 'times were'} ${fate} while Famulus was not running`,
    subject: `schedule:${schedule.id}`,
    metadata: { from: from.toISOString(), until: until.toISOString(), count },
  };
}

/**
 * Records what was missed, and tells it: a run of a schedule's instants as one occurrence with one event. A run right
 * behind another, with nothing fired in between, makes that one longer.
 */
export async function recordMissed(tx: Tx, plans: Plan[]): Promise<void> {
  const missed = plans.flatMap((plan) => (plan.missed ? [{ plan, run: plan.missed }] : []));
  if (missed.length === 0) return;
  const extended = await extendMissed(tx.db, missed.map(occurrence));
  await insertMissed(tx.db, missed.filter(({ plan }) => !extended.has(plan.schedule.id)).map(occurrence));
  const entries: NewActivity[] = [];
  // A run that has become longer was told.
  for (const one of missed.filter(({ plan }) => !extended.has(plan.schedule.id))) {
    const { id, user_id } = one.plan.schedule;
    // That it was not asked again while nobody could hear is no news.
    if (user_id === null || one.plan.trigger === 'nag') continue;
    const entry = activity(one, user_id);
    entries.push(entry);
    tx.emit({
      user_id,
      type: 'schedule.missed',
      subject: entry.subject!,
      payload: { schedule_id: id, ...entry.metadata },
    });
  }
  await record(tx, ...entries);
}
