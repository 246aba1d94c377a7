import type { Tx } from '#platform/db/index.ts';
import { setDue } from '#platform/due/index.ts';
import { occurrenceOf } from '../occurrences.ts';
import { updateSchedule } from '../queries.ts';
import { insertMissed } from '../queries/missed.ts';
import type { WaitingRecord } from '../queries/zones.ts';
import { expectedNext, type Difference } from './differences.ts';

/** Puts right what can be: what was lost is recorded as missed, and what is to come waits again. */
export async function mend(
  tx: Tx,
  schedule: WaitingRecord,
  differences: Difference[],
  now: Date,
): Promise<void> {
  for (const { kind, instants } of differences) {
    const [first, last] = [instants.at(0), instants.at(-1)];
    if (kind !== 'unrecorded' || !first || !last) continue;
    const missed = occurrenceOf(schedule, first, { trigger: 'schedule', fate: 'missed' });
    const reason = 'it was not recorded: found when rules and history were compared';
    await insertMissed(tx.db, [{ ...missed, until: last, count: instants.length, reason }]);
  }
  if (!differences.some(({ kind }) => kind === 'not_waiting' || kind === 'waits_wrongly')) return;
  const fire_at = expectedNext(schedule, now);
  if (schedule.status === 'active' && !fire_at) {
    await updateSchedule(tx.db, schedule.id, { status: 'completed' });
  }
  await setDue(tx, { schedule_id: schedule.id, revision: schedule.revision, fire_at });
}
