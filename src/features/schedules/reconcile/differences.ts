import { hasFired } from '../has-fired.ts';
import { earlier, naggingOf, nagToWait } from '../nagging.ts';
import type { OccurrenceRecord } from '../queries.ts';
import type { WaitingRecord } from '../queries/zones.ts';
import { nextOfRevision, nextToWait } from '../next-by-wall-clock.ts';
import { isOfRule } from '../rule.ts';
import { ruleOf } from '../stored-rule.ts';

/**
 * What of a schedule is not as its rule says.
 * `unrecorded`: instants that have come and have no occurrence. `unknown`: occurrences at instants that are not the
 * rule's. `not_waiting`: it will fire again, and nothing waits in due. `waits_wrongly`: what waits there is not its next
 * instant. `untold`: it fired, and its user was told nothing.
 */
export type DifferenceKind = 'unrecorded' | 'unknown' | 'not_waiting' | 'waits_wrongly' | 'untold';

export interface Difference {
  schedule_id: string;
  user_id: string | null;
  kind: DifferenceKind;
  /** The instants in question, in order. */
  instants: Date[];
}

/** Instants after `from`, up to `until`: what was to have happened in between. */
export interface Period {
  from: Date;
  until: Date;
}

type Recorded = Pick<OccurrenceRecord, 'revision' | 'due_at' | 'until' | 'trigger'>;

/** A rule that fires each minute comes so often in a week. */
const MAX_INSTANTS = 10_080;

/** What is to wait in due by the rule, and by asking again. */
export function expectedNext(schedule: WaitingRecord, now: Date): Date | null {
  if (schedule.status !== 'active') return null;
  const nag = nagToWait(schedule, now);
  if (schedule.type === 'recurring') return earlier(nextToWait(schedule, now), nag);
  return hasFired(schedule) ? nag : schedule.trigger_at;
}

/** The rule's instants of the period that are past and wait no more. */
function passedInstants(schedule: WaitingRecord, { from, until }: Period): Date[] {
  const { fire_at, revised_at } = schedule;
  const instants: Date[] = [];
  let next = nextOfRevision(schedule, revised_at > from ? revised_at : from);
  while (next && next <= until && (!fire_at || next < fire_at)) {
    instants.push(next);
    if (instants.length === MAX_INSTANTS) break;
    next = nextOfRevision(schedule, next);
  }
  return instants;
}

/** Those of these instants that nothing recorded covers. */
function unrecorded(instants: Date[], recorded: Recorded[]): Date[] {
  const alone = new Set(recorded.map(({ due_at }) => due_at.getTime()));
  const runs = recorded.flatMap(({ due_at, until }) => (until ? [{ from: due_at, until }] : []));
  return instants.filter(
    (instant) =>
      !alone.has(instant.getTime()) && !runs.some(({ from, until }) => from <= instant && instant <= until),
  );
}

function waitsWrongly(schedule: WaitingRecord, expected: Date, now: Date): boolean {
  const { fire_at } = schedule;
  // What is due already fires as it is.
  if (!fire_at || fire_at <= now || fire_at <= schedule.revised_at) return false;
  if (fire_at > expected) return true;
  const nagging = naggingOf(schedule);
  const isNag = nagging && (fire_at.getTime() - nagging.since.getTime()) % nagging.every_ms === 0;
  return !isNag && !isOfRule(ruleOf(schedule), fire_at);
}

/** How an active schedule differs from what is recorded of it and what waits in due. */
export function differencesOf(
  schedule: WaitingRecord,
  recorded: Recorded[],
  period: Period,
  now: Date,
): Difference[] {
  const { id: schedule_id, user_id } = schedule;
  const found: Difference[] = [];
  const add = (kind: DifferenceKind, instants: Date[]) =>
    found.push({ schedule_id, user_id, kind, instants });

  const own = recorded.filter(
    ({ revision, trigger }) => revision === schedule.revision && trigger === 'schedule',
  );
  if (schedule.type === 'recurring') {
    const missing = unrecorded(passedInstants(schedule, period), own);
    if (missing.length > 0) add('unrecorded', missing);
    const rule = ruleOf(schedule);
    // What was due when the schedule changed came by the rule before.
    const unknown = own.filter(
      ({ due_at, until }) => until === null && due_at > schedule.revised_at && !isOfRule(rule, due_at),
    );
    if (unknown.length > 0)
      add(
        'unknown',
        unknown.map(({ due_at }) => due_at),
      );
  }
  const expected = expectedNext(schedule, now);
  if (expected && !schedule.fire_at) add('not_waiting', [expected]);
  if (expected && waitsWrongly(schedule, expected, now)) add('waits_wrongly', [schedule.fire_at!]);
  return found;
}
