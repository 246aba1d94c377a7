import { Cron } from 'croner';
import { AppError } from '#platform/errors/index.ts';

/** When something happens: an instant, or a cron expression in a time zone. */
export type Rule =
  | { type: 'one_time'; trigger_at: Date; timezone: string }
  | { type: 'recurring'; cron_expression: string; timezone: string };

const nicknames: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Parsed expressions by text and zone: parsing costs more than what fires. Bounded by forgetting the oldest. */
const parsed = new Map<string, Cron>();
const MAX_PARSED = 5_000;

function parse(expression: string, timezone: string): Cron {
  const key = `${timezone} ${expression}`;
  const known = parsed.get(key);
  if (known) return known;
  const pattern = nicknames[expression.trim().toLowerCase()] ?? expression;
  let cron: Cron;
  try {
    // A time given as pattern would be a one-time job to croner.
    if (!/^\S+(\s+\S+){4,5}$/.test(pattern.trim())) throw new RangeError('five or six fields are expected');
    cron = new Cron(pattern.trim(), { timezone, paused: true, mode: '5-or-6-parts' });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    throw new AppError({
      code: 'schedules.bad_cron',
      kind: 'invalid',
      message: `cron_expression: ${reason}`,
      problems: [{ path: 'cron_expression', message: reason }],
      cause: error,
    });
  }
  const oldest = parsed.keys().next().value;
  if (parsed.size >= MAX_PARSED && oldest !== undefined) parsed.delete(oldest);
  parsed.set(key, cron);
  return cron;
}

/** The first instant of the rule strictly after `from`; null when there is none. Throws 'schedules.bad_cron'. */
export function nextInstant(rule: Rule, from: Date): Date | null {
  if (rule.type === 'one_time') return rule.trigger_at > from ? rule.trigger_at : null;
  return parse(rule.cron_expression, rule.timezone).nextRun(from) ?? null;
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

/** The last `count` instants of a recurring rule up to and including `until`, in order. */
export function newestInstants(rule: Rule & { type: 'recurring' }, until: Date, count: number): Date[] {
  // croner looks strictly before its reference.
  const reference = new Date(until.getTime() + 1);
  return parse(rule.cron_expression, rule.timezone).previousRuns(count, reference).toReversed();
}

/** How many instants are looked at to tell how often a rule fires. */
const LOOK_AHEAD = 100;

/** Whether two instants of the rule ever lie closer than a minute, judged by its next hundred. */
export function isMoreOftenThanOnceAMinute(rule: Rule, from: Date): boolean {
  const instants = nextInstants(rule, from, LOOK_AHEAD);
  return instants.some((instant, index) => {
    const before = instants[index - 1];
    return before !== undefined && instant.getTime() - before.getTime() < 60_000;
  });
}
