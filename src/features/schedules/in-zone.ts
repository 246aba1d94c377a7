import { instantOfLocalTime } from './local-time.ts';
import { instantOf, localOf } from './recurrence/zone.ts';
import type { Rule } from './rule.ts';

/** The rule with its wall-clock times in another zone. What was given as an instant stays it. */
export function inZone(rule: Rule, timezone: string): Rule {
  if (rule.type === 'one_time') {
    if (rule.local_time === undefined) return { ...rule, timezone };
    return { ...rule, timezone, trigger_at: instantOfLocalTime(rule.local_time, timezone) };
  }
  if (rule.rrule === undefined) return { ...rule, timezone };
  const start = new Date(instantOf(timezone, localOf(rule.timezone, rule.start.getTime())));
  return { ...rule, timezone, start };
}
