import { invalidField } from '#platform/errors/index.ts';
import { fieldOfRule, nextInstant, shortestGap, type RecurringRule, type Rule } from './rule.ts';

/** How far back a one-time instant may lie and still be taken: it fires at once. */
const PAST_GRACE_MS = 60_000;
const MINUTE_MS = 60_000;

function withoutJitter({ jitter: _, ...rule }: RecurringRule): RecurringRule {
  return rule;
}

/**
 * Judged by the rule's next hundred instants.
 * @throws AppError 422 `schedules.too_often` when two could ever be less than a minute apart
 */
function checkGaps(rule: RecurringRule, now: Date): void {
  const gap = shortestGap(withoutJitter(rule), now);
  if (gap < MINUTE_MS) {
    throw invalidField(fieldOfRule(rule), 'fires more than once a minute', 'schedules.too_often');
  }
  const most = Math.floor((gap - MINUTE_MS) / 1_000);
  if (rule.jitter && rule.jitter.seconds > most) {
    throw invalidField('jitter_s', `is at most ${most} for what comes this often`, 'schedules.too_often');
  }
}

/** The first instant of a recurring rule whose time by the rule itself is after `from`: jitter brings no older one back. */
export function firstAfter(rule: RecurringRule, from: Date): Date | null {
  const plain = nextInstant(withoutJitter(rule), from);
  return rule.jitter && plain ? nextInstant(rule, new Date(plain.getTime() - 1)) : plain;
}

/**
 * The first instant of a rule that a user asks for now.
 * @throws AppError 422: `schedules.in_the_past` (a one-time instant more than 60 s ago), `schedules.never` (no instant
 *   at all), `schedules.too_often` (more than once a minute)
 */
export function firstInstant(rule: Rule, now: Date): Date {
  if (rule.type === 'one_time') {
    if (rule.trigger_at.getTime() < now.getTime() - PAST_GRACE_MS) {
      throw invalidField('trigger_at', 'lies in the past', 'schedules.in_the_past');
    }
    return rule.trigger_at;
  }
  const first = firstAfter(rule, now);
  if (!first) throw invalidField(fieldOfRule(rule), 'never comes', 'schedules.never');
  checkGaps(rule, now);
  return first;
}
