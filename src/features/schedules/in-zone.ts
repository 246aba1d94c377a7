import { instantOfLocalTime } from './local-time.ts';
import { readRrule } from './recurrence/rrule-parts.ts';
import { instantOf, localOf } from './recurrence/zone.ts';
import type { Rule } from './rule.ts';

/** Hours and less pass as elapsed time: such a rule goes on from its start, wherever its user is. */
const ELAPSED = new Set(['HOURLY', 'MINUTELY', 'SECONDLY']);

/** The rule with its wall-clock times in another zone. What was given as an instant stays it. */
export function inZone(rule: Rule, timezone: string): Rule {
  if (rule.type === 'one_time') {
    if (rule.local_time === undefined) return { ...rule, timezone };
    return { ...rule, timezone, trigger_at: instantOfLocalTime(rule.local_time, timezone) };
  }
  if (rule.rrule === undefined) return { ...rule, timezone };
  if (ELAPSED.has(readRrule(rule.rrule).freq)) return { ...rule, timezone };
  const start = new Date(instantOf(timezone, localOf(rule.timezone, rule.start.getTime())));
  return { ...rule, timezone, start };
}
