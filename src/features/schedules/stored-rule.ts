import type { ScheduleRecord } from './queries.ts';
import type { Rule } from './rule.ts';

export type RuleColumns = Pick<
  ScheduleRecord,
  | 'id'
  | 'type'
  | 'trigger_at'
  | 'local_time'
  | 'cron_expression'
  | 'rrule'
  | 'starts_at'
  | 'timezone'
  | 'jitter_s'
>;

/** A stored schedule's rule. Its jitter is its own: of two schedules with one rule each is put off by other times. */
export function ruleOf(schedule: RuleColumns): Rule {
  const { id, timezone, local_time, cron_expression, rrule, jitter_s } = schedule;
  if (schedule.type === 'one_time') {
    return {
      type: 'one_time',
      trigger_at: schedule.trigger_at!,
      timezone,
      ...(local_time !== null && { local_time }),
    };
  }
  const repeating = {
    type: 'recurring',
    timezone,
    ...(jitter_s > 0 && { jitter: { seconds: jitter_s, seed: id } }),
  } as const;
  return rrule === null
    ? { ...repeating, cron_expression: cron_expression! }
    : { ...repeating, rrule, start: schedule.starts_at! };
}

/** The columns that say a rule, all but its zone and jitter. */
export function columnsOf(
  rule: Rule,
): Pick<RuleColumns, 'type' | 'trigger_at' | 'local_time' | 'cron_expression' | 'rrule' | 'starts_at'> {
  const none = { trigger_at: null, local_time: null, cron_expression: null, rrule: null, starts_at: null };
  if (rule.type === 'one_time') {
    return { ...none, type: 'one_time', trigger_at: rule.trigger_at, local_time: rule.local_time ?? null };
  }
  return rule.rrule === undefined
    ? { ...none, type: 'recurring', cron_expression: rule.cron_expression }
    : { ...none, type: 'recurring', rrule: rule.rrule, starts_at: rule.start };
}
