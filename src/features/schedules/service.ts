import { appNow } from '#platform/clock/app-now.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { setDue } from '#platform/due/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import {
  countActive,
  insertSchedule,
  lockSchedule,
  nextFireAt,
  updateSchedule,
  type ScheduleChange,
  type ScheduleRecord,
} from './queries.ts';
import { isMoreOftenThanOnceAMinute, nextInstant, type Rule } from './rule.ts';

/** How far back a one-time instant may lie and still be taken: it fires at once. */
const PAST_GRACE_MS = 60_000;
const MAX_ACTIVE_PER_USER = 10_000;

type RuleColumns = Pick<ScheduleRecord, 'type' | 'trigger_at' | 'cron_expression' | 'timezone'>;

/** A stored schedule's rule. */
export function ruleOf(schedule: RuleColumns): Rule {
  const { timezone } = schedule;
  if (schedule.type === 'one_time') return { type: 'one_time', trigger_at: schedule.trigger_at!, timezone };
  return { type: 'recurring', cron_expression: schedule.cron_expression!, timezone };
}

function ruleColumns(rule: Rule): {
  type: Rule['type'];
  trigger_at: Date | null;
  cron_expression: string | null;
} {
  return rule.type === 'one_time'
    ? { type: 'one_time', trigger_at: rule.trigger_at, cron_expression: null }
    : { type: 'recurring', trigger_at: null, cron_expression: rule.cron_expression };
}

/**
 * The first instant of a rule that a user asks for now. Throws 422: `schedules.in_the_past` (a one-time instant more
 * than 60 s ago), `schedules.never` (no instant at all), `schedules.too_often` (more than once a minute).
 */
function firstInstant(rule: Rule, now: Date): Date {
  if (rule.type === 'one_time') {
    if (rule.trigger_at.getTime() < now.getTime() - PAST_GRACE_MS) {
      throw invalidField('trigger_at', 'lies in the past', 'schedules.in_the_past');
    }
    return rule.trigger_at;
  }
  const first = nextInstant(rule, now);
  if (!first) throw invalidField('cron_expression', 'never comes', 'schedules.never');
  if (isMoreOftenThanOnceAMinute(rule, now)) {
    throw invalidField('cron_expression', 'fires more than once a minute', 'schedules.too_often');
  }
  return first;
}

async function checkQuota(db: Db, userId: string): Promise<void> {
  if ((await countActive(db, userId)) < MAX_ACTIVE_PER_USER) return;
  throw new AppError({
    code: 'schedules.quota',
    kind: 'conflict',
    message: `There are ${MAX_ACTIVE_PER_USER} active schedules already: cancel some first`,
  });
}

export interface ScheduleRequest {
  user_id: string;
  kind: 'reminder' | 'task';
  rule: Rule;
  catch_up: ScheduleRecord['catch_up'];
  snoozed_from?: string;
}

/** Stores a schedule and its first instant. */
export async function createSchedule(
  tx: Tx,
  request: ScheduleRequest,
): Promise<{ schedule: ScheduleRecord; next_fire_at: Date }> {
  const { user_id, kind, rule, catch_up } = request;
  const next_fire_at = firstInstant(rule, await appNow(tx.db));
  await checkQuota(tx.db, user_id);
  const schedule = await insertSchedule(tx.db, {
    id: newId(),
    user_id,
    kind,
    ...ruleColumns(rule),
    timezone: rule.timezone,
    catch_up,
    snoozed_from: request.snoozed_from ?? null,
  });
  await setDue(tx, { schedule_id: schedule.id, revision: schedule.revision, fire_at: next_fire_at });
  return { schedule, next_fire_at };
}

/** Whether the one instant of a rule has come; it may have had another before. */
function hasFired({ type, trigger_at, last_fired_at }: ScheduleRecord): boolean {
  return type === 'one_time' && last_fired_at !== null && trigger_at !== null && last_fired_at >= trigger_at;
}

export interface ScheduleEdit {
  /** A new time; what has ended becomes active with it. */
  rule?: Rule;
  /** Another zone for the rule there is. Nothing ended becomes active by it. */
  timezone?: string;
  catch_up?: ScheduleRecord['catch_up'];
  status?: ScheduleRecord['status'];
}

/**
 * Changes a schedule. A new rule is a new revision: no instant of the old one fires any more. What was missed while
 * paused stays missed. Locked against the scheduler from the first statement on, so that what it says is due holds.
 */
export async function editSchedule(
  tx: Tx,
  id: string,
  edit: ScheduleEdit,
): Promise<{ schedule: ScheduleRecord; next_fire_at: Date | null }> {
  const before = await lockSchedule(tx.db, id);
  if (!before)
    throw new AppError({ code: 'schedules.not_found', kind: 'not_found', message: 'No such schedule' });
  const waiting = await nextFireAt(tx.db, id);
  // The instant of a one-time rule is the same in every zone.
  const zoned =
    edit.timezone !== undefined && edit.timezone !== before.timezone
      ? { ...ruleOf(before), timezone: edit.timezone }
      : undefined;
  const rule = edit.rule ?? (zoned?.type === 'recurring' ? zoned : undefined);
  const over = before.status === 'completed' || before.status === 'cancelled';
  const status = edit.status ?? (edit.rule && over ? 'active' : before.status);
  const reactivated = status === 'active' && before.status !== 'active';
  const revived = reactivated || (status === 'paused' && over);
  if (revived && !edit.rule && hasFired(before)) {
    throw invalidField('status', 'it has fired already: give it a new time', 'schedules.fired');
  }
  const change: ScheduleChange = { status };
  if (edit.catch_up) change.catch_up = edit.catch_up;
  // An instant of the revision before, fired or not, is not this one's.
  if (rule || reactivated) change.revision = before.revision + 1;
  if (rule) Object.assign(change, ruleColumns(rule));
  const timezone = (edit.rule ?? zoned)?.timezone;
  if (timezone !== undefined) change.timezone = timezone;
  if (reactivated) await checkQuota(tx.db, before.user_id!);

  const first = rule || reactivated ? firstInstant(rule ?? ruleOf(before), await appNow(tx.db)) : waiting;
  const fire_at = status === 'active' ? first : null;
  const schedule = await updateSchedule(tx.db, id, change);
  if (rule || edit.status) await setDue(tx, { schedule_id: id, revision: schedule.revision, fire_at });
  return { schedule, next_fire_at: fire_at };
}
