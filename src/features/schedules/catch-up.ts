import type { ScheduleRecord } from './queries.ts';
import { newestInstants, nextInstant, type Rule } from './rule.ts';

/** A run of instants that are not fired, told as one. */
export interface MissedRun {
  from: Date;
  until: Date;
  /** Beyond ten thousand a lower bound. */
  count: number;
  fate: 'missed' | 'skipped';
}

export interface CatchUp {
  /** Instants to fire, in order. */
  fire: Date[];
  missed: MissedRun | null;
  /** The next instant, strictly after now. */
  next: Date | null;
}

/** Up to this late an instant counts as on time: nothing was missed, the program was only busy. */
const ON_TIME_MS = 60_000;
/** Of `all`, the newest this many are fired. */
const MAX_CATCH_UP = 100;
/** Misses of one schedule are counted up to here, a week of one that fires each minute; beyond, it is "at least". */
const MAX_COUNTED = 10_000;

/**
 * What to fire of a rule whose instant `due` has come by `now`, by its catch-up policy (spec: scheduling, "Missed
 * while down"): `latest` the newest, `all` the newest hundred, `skip` what is on time. A one-time instant always fires.
 */
export function catchUp(rule: Rule, policy: ScheduleRecord['catch_up'], due: Date, now: Date): CatchUp {
  if (rule.type === 'one_time') return { fire: [due], missed: null, next: null };
  const instants = [due];
  let next = nextInstant(rule, due);
  while (next && next <= now && instants.length < MAX_COUNTED) {
    instants.push(next);
    next = nextInstant(rule, next);
  }
  if (next && next <= now) {
    const counted = instants.at(-1)!;
    instants.push(...newestInstants(rule, now, MAX_CATCH_UP).filter((instant) => instant > counted));
    next = nextInstant(rule, now);
  }

  const fire = instants.slice(firstToFire(instants, policy, now));
  const passed = instants.slice(0, instants.length - fire.length);
  const [from, until] = [passed.at(0), passed.at(-1)];
  const fate = policy === 'skip' ? 'skipped' : 'missed';
  return { fire, next, missed: from && until ? { from, until, count: passed.length, fate } : null };
}

function firstToFire(instants: Date[], policy: ScheduleRecord['catch_up'], now: Date): number {
  if (policy === 'all') return Math.max(0, instants.length - MAX_CATCH_UP);
  const newest = instants.length - 1;
  if (policy === 'latest') return newest;
  return now.getTime() - instants[newest]!.getTime() <= ON_TIME_MS ? newest : instants.length;
}
