import { appNow } from '#platform/clock/app-now.ts';
import type { Tx } from '#platform/db/index.ts';
import { setDue } from '#platform/due/index.ts';
import { AppError, invalidField } from '#platform/errors/index.ts';
import { firstAfter, firstInstant } from './first-instant.ts';
import { inZone } from './in-zone.ts';
import { hasFired } from './has-fired.ts';
import { earlier, naggingOf, nagToWait } from './nagging.ts';
import {
  lockSchedule,
  nextFireAt,
  updateSchedule,
  type ScheduleChange,
  type ScheduleRecord,
} from './queries.ts';
import { checkQuota } from './quota.ts';
import { recordVoided } from './voided.ts';
import { isOfRule, nextInstant, type Rule } from './rule.ts';
import { columnsOf, ruleOf } from './stored-rule.ts';

export interface ScheduleEdit {
  /** A new time; what has ended becomes active with it. */
  rule?: Rule;
  /** Another zone for the rule there is. Nothing ended becomes active by it. */
  timezone?: string;
  /** Whether its zone changes with its user's from now on. */
  follows_user?: boolean;
  catch_up?: ScheduleRecord['catch_up'];
  jitter_s?: number;
  nag_every_s?: number | null;
  status?: ScheduleRecord['status'];
  /** The user is done with what has fired: it is not asked again about, and one that fires once is completed. */
  done?: true;
}

function isOver(status: ScheduleRecord['status']): boolean {
  return status === 'completed' || status === 'cancelled';
}

/** Also when the clock was set back, no instant of a rule is before the last that fired. */
function afterLast({ last_fired_at }: ScheduleRecord, now: Date): Date {
  return last_fired_at && last_fired_at > now ? last_fired_at : now;
}

/** The rule after the edit, where it is another. */
function newRuleOf(before: ScheduleRecord, edit: ScheduleEdit): Rule | undefined {
  if (edit.rule) return edit.rule;
  const timezone = edit.timezone ?? before.timezone;
  const hasWallClock = before.type === 'recurring' || before.local_time !== null;
  if (!hasWallClock || hasFired(before)) return undefined;
  // While it was not active the rules of zones, or its user's zone, may have become others.
  const isResumed = before.type === 'one_time' && before.status !== 'active' && edit.status === 'active';
  return timezone !== before.timezone || isResumed ? inZone(ruleOf(before), timezone) : undefined;
}

function statusOf(before: ScheduleRecord, edit: ScheduleEdit): ScheduleRecord['status'] {
  if (edit.done && before.type === 'one_time' && !isOver(before.status)) return 'completed';
  return edit.status ?? (edit.rule && isOver(before.status) ? 'active' : before.status);
}

/** The rule's own instant that waits in due, or would but for an earlier time of asking again. */
function waitingOfRule(schedule: ScheduleRecord, waiting: Date | null, now: Date): Date | null {
  const rule = ruleOf(schedule);
  if (waiting && isOfRule(rule, waiting)) return waiting;
  return rule.type === 'one_time' ? null : nextInstant(rule, afterLast(schedule, now));
}

/** The next instant of a rule whose jitter has become another. What has begun to be put off comes when it was to. */
function nextWithJitter(after: ScheduleRecord, waiting: Date | null, now: Date): Date | null {
  const rule = ruleOf(after);
  if (rule.type === 'one_time') return waiting;
  const { jitter: _, ...plain } = rule;
  const next = nextInstant(plain, now);
  if (waiting && (waiting <= now || !next || next > waiting)) return waiting;
  firstInstant(rule, now);
  return firstAfter(rule, afterLast(after, now));
}

/** The next instant of the rule itself, once the edit is made. */
function nextOfRule(
  before: ScheduleRecord,
  after: ScheduleRecord,
  { isNew, isMoved }: { isNew: boolean; isMoved: boolean },
  waiting: Date | null,
  now: Date,
): Date | null {
  if (isNew) return firstInstant(ruleOf(after), now);
  if (after.status !== 'active') return null;
  const resumed = before.status !== 'active' && !hasFired(before);
  if (isMoved || resumed) {
    const rule = ruleOf(after);
    // Over by now, it may still ask about what has come.
    if (rule.type === 'recurring' && naggingOf(after)) return firstAfter(rule, afterLast(before, now));
    return firstInstant(rule, rule.type === 'one_time' ? now : afterLast(before, now));
  }
  if (after.jitter_s !== before.jitter_s) return nextWithJitter(after, waiting, now);
  return waitingOfRule(after, waiting, now);
}

function changeOf(before: ScheduleRecord, edit: ScheduleEdit, rule: Rule | undefined): ScheduleChange {
  const status = statusOf(before, edit);
  const change: ScheduleChange = { status };
  const { catch_up, jitter_s, nag_every_s, follows_user } = edit;
  const timezone = edit.rule?.timezone ?? edit.timezone;
  if (timezone !== undefined) change.timezone = timezone;
  if (catch_up) change.catch_up = catch_up;
  if (jitter_s !== undefined) change.jitter_s = jitter_s;
  if (nag_every_s !== undefined) change.nag_every_s = nag_every_s;
  if (follows_user !== undefined) change.follows_user = follows_user;
  if (rule) Object.assign(change, columnsOf(rule), { last_due_local: null });
  if (rule?.type === 'one_time') change.jitter_s = 0;
  if (edit.rule || edit.done || nag_every_s === null || isOver(status)) change.nagging_since = null;
  return change;
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
  const now = await appNow(tx.db);
  const rule = newRuleOf(before, edit);
  const change = changeOf(before, edit, rule);
  const after = { ...before, ...change };

  const reactivated = after.status === 'active' && before.status !== 'active';
  const revived = reactivated || (after.status === 'paused' && isOver(before.status));
  if (revived && !edit.rule && hasFired(before) && !naggingOf(after)) {
    throw invalidField('status', 'it has fired already: give it a new time', 'schedules.fired');
  }
  if (reactivated) await checkQuota(tx.db, before.user_id!);
  const ofRule = nextOfRule(
    before,
    after,
    { isNew: edit.rule !== undefined, isMoved: rule !== undefined },
    waiting,
    now,
  );
  // An instant of the revision before, fired or not, is not this one's.
  if (rule || reactivated || after.jitter_s !== before.jitter_s) {
    change.revision = before.revision + 1;
    const kept = ofRule && ofRule.getTime() === waiting?.getTime() ? ofRule : now;
    change.revised_at = edit.rule ? now : afterLast(before, kept);
  }
  const next = earlier(ofRule, nagToWait(after, now));
  const fire_at = after.status === 'active' ? next : null;
  // Asking again was all that it still did.
  if (after.status === 'active' && !fire_at) change.status = 'completed';
  await recordVoided(tx, before, { waiting, fire_at }, now);
  const schedule = await updateSchedule(tx.db, id, change);
  await setDue(tx, { schedule_id: id, revision: schedule.revision, fire_at });
  return { schedule, next_fire_at: fire_at };
}
