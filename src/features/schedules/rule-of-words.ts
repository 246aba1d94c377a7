import type { RecurringRule } from './rule.ts';
import type { RepeatingRule } from './words/index.ts';

/** The rule that words name; `start` is when they were said. */
export function ruleOfWords(said: RepeatingRule, start: Date, timezone: string): RecurringRule {
  return said.rrule === undefined
    ? { type: 'recurring', cron_expression: said.cron_expression, timezone }
    : { type: 'recurring', rrule: said.rrule, start, timezone };
}
