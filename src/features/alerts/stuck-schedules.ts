import type { Tx } from '#platform/db/index.ts';
import type { DueRow } from '#platform/due/index.ts';
import { selectOwners, selectStuck } from './queries/stuck.ts';
import { clearAlert, raiseAlert } from './raise.ts';

/** The function `due_lag_ms` goes by these keys. */
const keyOf = (scheduleId: string) => `schedule_stuck:${scheduleId}`;

/** Tells the users of these rows that they could not be fired. For the system role. */
export async function raiseStuck(tx: Tx, rows: DueRow[]): Promise<void> {
  const rowOf = new Map(rows.map((row) => [row.schedule_id, row]));
  for (const { schedule_id, user_id } of await selectOwners(tx.db, [...rowOf.keys()])) {
    const { revision, fire_at } = rowOf.get(schedule_id)!;
    const due_at = fire_at.toISOString();
    await raiseAlert(tx, {
      key: keyOf(schedule_id),
      user_id,
      level: 'error',
      code: 'schedule_stuck',
      message: `What was due at ${due_at} could not fire; it is tried again every minute`,
      subject: `schedule:${schedule_id}`,
      metadata: { schedule_id, revision, due_at },
    });
  }
}

/** Clears the alerts of schedules that go on. Answers how many are still stuck. For the system role. */
export async function clearUnstuck(tx: Tx): Promise<number> {
  const all = await selectStuck(tx.db);
  const over = all.filter(({ is_over }) => is_over).map(({ key }) => key);
  if (over.length > 0) await clearAlert(tx, ...over);
  return all.length - over.length;
}
