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

export interface CatchUpPolicy {
  catch_up: ScheduleRecord['catch_up'];
  /**
   * What is later is missed, ms; null: half the time to the next instant, an hour at most. Undefined: however late, the
   * newest fires.
   */
  window_ms?: number | null;
}

/** Up to this late an instant counts as on time: nothing was missed, the program was only busy. */
const ON_TIME_MS = 60_000;
/** Of `all`, the newest this many are fired. */
const MAX_CATCH_UP = 100;
/** Misses of one schedule are counted up to here, a week of one that fires each minute; beyond, it is "at least". */
const MAX_COUNTED = 10_000;
const MOST_WINDOW_MS = 3_600_000;

/** How late the newest instant may still be fired, ms. */
function windowOf({ window_ms }: CatchUpPolicy, newest: Date, next: Date | null): number {
  if (window_ms === undefined) return Number.POSITIVE_INFINITY;
  if (window_ms !== null) return Math.max(ON_TIME_MS, window_ms);
  const period = next ? next.getTime() - newest.getTime() : Number.POSITIVE_INFINITY;
  return Math.max(ON_TIME_MS, Math.min(period / 2, MOST_WINDOW_MS));
}

/** All instants from `due` to `now`, in order (of very many the first and the newest), and the one after. */
export function instantsUntil(rule: Rule, due: Date, now: Date): { instants: Date[]; next: Date | null } {
  const instants = [due];
  if (rule.type === 'one_time') return { instants, next: null };
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
  return { instants, next };
}

/**
 * What to fire of a rule whose instant `due` has come by `now`, by its catch-up policy (spec: scheduling, "Missed
 * while down"): `latest` the newest, `all` the newest hundred, `skip` what is on time; of these, what lies within the
 * window. A one-time instant without a window always fires.
 */
export function catchUp(rule: Rule, policy: CatchUpPolicy, due: Date, now: Date): CatchUp {
  const { instants, next } = instantsUntil(rule, due, now);
  const newest = instants.at(-1)!;
  const oldestToFire = now.getTime() - windowOf(policy, newest, next);
  const first = Math.max(
    firstToFire(rule, instants, policy.catch_up, now),
    instants.filter((instant) => instant.getTime() < oldestToFire).length,
  );
  const fire = instants.slice(first);
  const passed = instants.slice(0, first);
  const [from, until] = [passed.at(0), passed.at(-1)];
  const fate = policy.catch_up === 'skip' ? 'skipped' : 'missed';
  return { fire, next, missed: from && until ? { from, until, count: passed.length, fate } : null };
}

function firstToFire(rule: Rule, instants: Date[], policy: ScheduleRecord['catch_up'], now: Date): number {
  if (rule.type === 'one_time') return 0;
  if (policy === 'all') return Math.max(0, instants.length - MAX_CATCH_UP);
  const newest = instants.length - 1;
  if (policy === 'latest') return newest;
  return now.getTime() - instants[newest]!.getTime() <= ON_TIME_MS ? newest : instants.length;
}
