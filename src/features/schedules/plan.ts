import { catchUp, type CatchUpPolicy, type MissedRun } from './catch-up.ts';
import { earlier, naggingOf, nextNag, type Nagging } from './nagging.ts';
import type { ScheduleRecord } from './queries.ts';
import { isOfRule, nextInstant, type Rule } from './rule.ts';
import { ruleOf } from './stored-rule.ts';

/** What becomes of a schedule whose instant has come. */
export interface Plan {
  schedule: ScheduleRecord;
  trigger: 'schedule' | 'nag';
  /** Nominal instants to fire, in order. */
  fire: Date[];
  missed: MissedRun | null;
  /** What waits in due from now on; may be past, and comes at once then. Null when nothing does. */
  next: Date | null;
  nagging_since: Date | null;
}

/** Of one schedule no more is fired in one transaction. */
const MOST_AT_ONCE = 25;

function policyOf({ kind, catch_up, catch_up_window_s }: ScheduleRecord): CatchUpPolicy {
  // Work that comes too late does harm; words that come late are still the user's.
  if (kind !== 'task') return { catch_up };
  return { catch_up, window_ms: catch_up_window_s === null ? null : catch_up_window_s * 1_000 };
}

/** Asks again, once, however often it should have meanwhile; not at all when the rule itself has come anew by now. */
function planNag(schedule: ScheduleRecord, rule: Rule, nagging: Nagging, due: Date, now: Date): Plan {
  const next = nextInstant(rule, due);
  const isOvertaken = next !== null && next <= now;
  const last = isOvertaken ? next.getTime() - 1 : now.getTime();
  const rounds = Math.floor((last - due.getTime()) / nagging.every_ms);
  const at = (round: number) => new Date(due.getTime() + round * nagging.every_ms);
  const count = isOvertaken ? rounds + 1 : rounds;
  return {
    schedule,
    trigger: 'nag',
    fire: isOvertaken ? [] : [at(rounds)],
    missed: count === 0 ? null : { from: due, until: at(count - 1), count, fate: 'missed' },
    next: earlier(next, nextNag(nagging, now)),
    nagging_since: nagging.since,
  };
}

/** What is to be done for a schedule whose instant `due` has come by `now`. */
export function planOf(schedule: ScheduleRecord, due: Date, now: Date): Plan {
  const rule = ruleOf(schedule);
  const open = naggingOf(schedule);
  if (open && !isOfRule(rule, due)) return planNag(schedule, rule, open, due, now);

  const { fire: all, missed, next: after } = catchUp(rule, policyOf(schedule), due, now);
  // More at once would hold up what is due now: the rest waits its turn among what is overdue.
  const fire = all.slice(0, MOST_AT_ONCE);
  const next = all[MOST_AT_ONCE] ?? after;
  const asked = fire.at(-1) ?? schedule.nagging_since;
  const nagging_since = schedule.nag_every_s === null ? null : asked;
  const nagging = naggingOf({ ...schedule, nagging_since });
  return {
    schedule,
    trigger: 'schedule',
    fire,
    missed,
    next: nagging ? earlier(next, nextNag(nagging, now)) : next,
    nagging_since,
  };
}
