import { appNow } from '#platform/clock/app-now.ts';
import type { Tx } from '#platform/db/index.ts';
import { setDue } from '#platform/due/index.ts';
import { newId } from '#platform/ids/index.ts';
import { firstInstant } from './first-instant.ts';
import { insertSchedule, type ScheduleRecord } from './queries.ts';
import { checkQuota } from './quota.ts';
import type { Rule } from './rule.ts';
import { columnsOf, ruleOf } from './stored-rule.ts';

export interface ScheduleRequest {
  user_id: string;
  kind: 'reminder' | 'task';
  rule: Rule;
  /** Whether its zone changes with its user's. */
  follows_user: boolean;
  catch_up: ScheduleRecord['catch_up'];
  jitter_s?: number | undefined;
  nag_every_s?: number | null | undefined;
  snoozed_from?: string;
}

/**
 * Stores a schedule and its first instant.
 * @throws AppError 422 for a rule that can't be, see `firstInstant`; 'schedules.quota'
 */
export async function createSchedule(
  tx: Tx,
  request: ScheduleRequest,
): Promise<{ schedule: ScheduleRecord; next_fire_at: Date }> {
  const { user_id, kind, rule, follows_user, catch_up } = request;
  const columns = {
    ...columnsOf(rule),
    id: newId(),
    timezone: rule.timezone,
    jitter_s: rule.type === 'recurring' ? (request.jitter_s ?? 0) : 0,
  };
  const next_fire_at = firstInstant(ruleOf(columns), await appNow(tx.db));
  await checkQuota(tx.db, user_id);
  const schedule = await insertSchedule(tx.db, {
    ...columns,
    user_id,
    kind,
    follows_user,
    catch_up,
    nag_every_s: request.nag_every_s ?? null,
    snoozed_from: request.snoozed_from ?? null,
  });
  await setDue(tx, { schedule_id: schedule.id, revision: schedule.revision, fire_at: next_fire_at });
  return { schedule, next_fire_at };
}
