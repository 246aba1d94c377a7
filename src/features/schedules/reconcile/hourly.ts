import { setManyDue } from '#platform/due/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import { appNow } from '#platform/clock/app-now.ts';
import type { ScheduleKind } from '../fire.ts';
import { ensureSystemSchedule } from '../queries/system.ts';
import { nextInstant } from '../rule.ts';
import { reconcile } from './reconcile.ts';
import { clearDifferences, raiseDifferences } from './tell-differences.ts';

/** The schedule of the comparison itself: one row of every database. */
const SCHEDULE_ID = '00000000-0000-7000-8000-000000000001';
/** Not on the hour, when most reminders come. */
const CRON = '17 * * * *';
const HOUR_MS = 3_600_000;
/** The first time it looks back this far, and never further. */
const LONGEST_MS = 26 * HOUR_MS;
/** What was on its way the last time is looked at again. */
const OVERLAP_MS = 600_000;

/** Makes sure that the hourly comparison waits in due. */
export async function ensureHourly(tx: Tx): Promise<void> {
  const rule = { type: 'recurring', cron_expression: CRON, timezone: 'UTC' } as const;
  const waits = await ensureSystemSchedule(tx.db, SCHEDULE_ID, CRON);
  if (waits) return;
  const fire_at = nextInstant(rule, await appNow(tx.db));
  await setManyDue(tx, [{ schedule_id: SCHEDULE_ID, revision: 1, fire_at }]);
}

/** How the scheduler fires what the program has set for itself. */
export const systemKind: ScheduleKind = {
  kind: 'system',
  fate: 'delivered',
  fire: async (tx, fired) => {
    for (const { schedule } of fired) {
      tx.enqueue({
        key: `system:${schedule.id}`,
        user_id: null,
        type: 'system',
        kind: 'schedules.reconcile',
        priority: 'low',
        payload: { since: schedule.last_fired_at?.toISOString() ?? null },
      });
    }
    await Promise.resolve();
  },
};

/** The comparison, and telling what differs. */
export function reconcileHourly(database: Database): LaneHandler {
  return {
    kind: 'schedules.reconcile',
    work: async (item, lease) => {
      const { since } = item.payload as { since: string | null };
      const now = (await appNow(database.system)).getTime();
      const age_ms = since === null ? LONGEST_MS : now - Date.parse(since) + OVERLAP_MS;
      const differences = await reconcile(database, {
        age_ms: Math.min(LONGEST_MS, Math.max(HOUR_MS, age_ms)),
        tell: raiseDifferences,
        signal: lease.signal,
      });
      await lease.finish(async (tx) => await clearDifferences(tx, differences));
    },
  };
}
