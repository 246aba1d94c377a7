import { invalidField } from '#platform/errors/index.ts';
import { fieldOfRule, isMoreOftenThanOnceAMinute, nextInstant, type Rule } from './rule.ts';

/** How far back a one-time instant may lie and still be taken: it fires at once. */
const PAST_GRACE_MS = 60_000;

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
  const first = nextInstant(rule, now);
  if (!first) throw invalidField(fieldOfRule(rule), 'never comes', 'schedules.never');
  if (isMoreOftenThanOnceAMinute(rule, now)) {
    throw invalidField(fieldOfRule(rule), 'fires more than once a minute', 'schedules.too_often');
  }
  return first;
}
