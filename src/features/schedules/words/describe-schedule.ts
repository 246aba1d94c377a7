import { describeCron } from './describe-cron.ts';
import { describeInstant } from './describe-instant.ts';
import { describeRrule } from './describe-rrule.ts';
import type { Language } from './result.ts';

export type DescribedRule =
  | { type: 'one_time'; trigger_at: Date; timezone: string }
  | { type: 'recurring'; cron_expression: string; rrule?: undefined; timezone: string }
  /** RFC 5545. `start` is when it was made, the DTSTART of a rule that names none. */
  | { type: 'recurring'; rrule: string; start: Date; cron_expression?: undefined; timezone: string };

/**
 * A schedule in words: "every weekday at 09:00", "по понедельникам в 09:00", "tomorrow, Sun 22 November 2026, 09:00
 * (Europe/Berlin)". Two that fire differently are told differently, but for what clock changes do to them.
 * @throws RuleError when the rule is not valid
 */
export function describeSchedule(rule: DescribedRule, locale: Language, now: Date): string {
  if (rule.type === 'one_time') return describeInstant(rule.trigger_at, rule.timezone, locale, now);
  return rule.rrule === undefined
    ? describeCron(rule.cron_expression, locale)
    : describeRrule(rule, locale, now);
}
