import { AppError } from '#platform/errors/index.ts';
import { jittered, type Jitter } from './recurrence/jitter.ts';
import { parseCron } from './recurrence/cron.ts';
import { RuleError, type Recurrence } from './recurrence/recurrence.ts';
import { parseRrule } from './recurrence/rrule.ts';

interface Repeating {
  type: 'recurring';
  timezone: string;
  jitter?: Jitter;
}

interface CronRule extends Repeating {
  cron_expression: string;
  rrule?: undefined;
}

/** RFC 5545. `start` is the DTSTART of a rule that names none. */
interface RruleRule extends Repeating {
  rrule: string;
  start: Date;
  cron_expression?: undefined;
}

/** Once. `local_time` where it was given as a wall-clock time, which is what counts when the zone's rules change. */
interface OneTimeRule {
  type: 'one_time';
  trigger_at: Date;
  timezone: string;
  local_time?: string;
}

/** When something happens. */
export type Rule = OneTimeRule | RecurringRule;
export type RecurringRule = CronRule | RruleRule;

/** The field of a request that a recurring rule is given in. */
export function fieldOfRule(rule: RecurringRule): 'cron_expression' | 'rrule' {
  return rule.rrule === undefined ? 'cron_expression' : 'rrule';
}

function plainRecurrence(rule: RecurringRule): Recurrence {
  try {
    return rule.rrule === undefined
      ? parseCron(rule.cron_expression, rule.timezone)
      : parseRrule(rule.rrule, rule.timezone, rule.start.getTime());
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const field = fieldOfRule(rule);
    throw new AppError({
      code: field === 'rrule' ? 'schedules.bad_rrule' : 'schedules.bad_cron',
      kind: 'invalid',
      message: `${field}: ${error.message}`,
      problems: [{ path: field, message: error.message }],
      cause: error,
    });
  }
}

/** The instants of a rule. @throws AppError 'schedules.bad_cron', 'schedules.bad_rrule' */
export function recurrenceOf(rule: RecurringRule): Recurrence {
  const plain = plainRecurrence(rule);
  return rule.jitter && rule.jitter.seconds > 0 ? jittered(plain, rule.jitter) : plain;
}

/**
 * The first instant of the rule strictly after `from`; null when there is none.
 * @throws AppError 'schedules.bad_cron', 'schedules.bad_rrule'
 */
export function nextInstant(rule: Rule, from: Date): Date | null {
  if (rule.type === 'one_time') return rule.trigger_at > from ? rule.trigger_at : null;
  const next = recurrenceOf(rule).next(from.getTime());
  return next === null ? null : new Date(next);
}

/** Whether the rule comes at this very instant. */
export function isOfRule(rule: Rule, instant: Date): boolean {
  return nextInstant(rule, new Date(instant.getTime() - 1))?.getTime() === instant.getTime();
}

/** Up to `count` instants strictly after `from`, in order. */
export function nextInstants(rule: Rule, from: Date, count: number): Date[] {
  const instants: Date[] = [];
  let next = nextInstant(rule, from);
  while (next && instants.length < count) {
    instants.push(next);
    next = nextInstant(rule, next);
  }
  return instants;
}

const MINUTE_MS = 60_000;
/** Nothing older is looked for: before it there were no instants to miss. */
const OLDEST_MS = 100 * 366 * 86_400_000;

/** The last `count` instants of a recurring rule up to and including `until`, in order. */
export function newestInstants(rule: RecurringRule, until: Date, count: number): Date[] {
  for (let span = count * MINUTE_MS; ; span *= 4) {
    const instants: Date[] = [];
    let next = nextInstant(rule, new Date(until.getTime() - span));
    while (next && next <= until) {
      instants.push(next);
      if (instants.length > count) instants.shift();
      next = nextInstant(rule, next);
    }
    if (instants.length >= count || span > OLDEST_MS) return instants;
  }
}

/** How many instants are looked at to tell how often a rule fires. */
const LOOK_AHEAD = 100;

/** The shortest time between two of the rule's next hundred instants, ms; without two, infinite. */
export function shortestGap(rule: RecurringRule, from: Date): number {
  const instants = nextInstants(rule, from, LOOK_AHEAD);
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...instants.slice(1).map((instant, index) => instant.getTime() - instants[index]!.getTime()),
  );
}
