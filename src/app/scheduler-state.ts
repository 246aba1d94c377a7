import type { Facts } from '#features/alerts/index.ts';

/** How firing goes, over all processes. */
export interface SchedulerState {
  /** `absent`: no process runs it, and nothing is due yet. `catching_up`: late, and getting on. */
  state: 'well' | 'catching_up' | 'absent' | 'stalled';
  /** One line for a person. */
  detail?: string;
  /** How long ago the first due row should have fired, ms; 0 when none is due, NaN when nobody can tell. */
  lag_ms: number;
  /** Since a scheduler that is alive gave a sign of life, ms; Infinity when there is none. */
  beat_age_ms: number;
}

/** Later than this without getting on is a stall; so is silence of every scheduler. */
const STALLED_MS = 5_000;

const seconds = (ms: number) => `${Math.round(ms / 1_000)} s`;

/** Judges what was seen at one moment. A beat of the future is of before a step of the clock, and as old as one of the past. */
export function schedulerState({ processes, lag_ms }: Pick<Facts, 'processes' | 'lag_ms'>): SchedulerState {
  const schedulers = processes.filter(({ services }) => services.includes('scheduler'));
  const youngest = (ages: number[]) => Math.min(Number.POSITIVE_INFINITY, ...ages.map(Math.abs));
  const beat_age_ms = youngest(schedulers.map((one) => one.beat_age_ms));
  const progress_age_ms = youngest(schedulers.map((one) => one.progress_age_ms));
  const figures = { lag_ms: lag_ms ?? 0, beat_age_ms };
  if (schedulers.length === 0) {
    if (!(figures.lag_ms > 0)) return { state: 'absent', detail: 'no process runs it', ...figures };
    const waiting = `what is due has waited for ${seconds(figures.lag_ms)}`;
    return { state: 'stalled', detail: `no process runs it; ${waiting}`, ...figures };
  }
  if (beat_age_ms > STALLED_MS)
    return { state: 'stalled', detail: `no sign of life for ${seconds(beat_age_ms)}`, ...figures };
  if (figures.lag_ms <= STALLED_MS || Number.isNaN(figures.lag_ms)) return { state: 'well', ...figures };
  const behind = seconds(figures.lag_ms);
  return progress_age_ms <= STALLED_MS
    ? { state: 'catching_up', detail: `catching up, ${behind} behind`, ...figures }
    : { state: 'stalled', detail: `at work, but what is due has waited for ${behind}`, ...figures };
}

/** What holds for a moment is not told yet: a step of the clock, or this process having stood still itself. */
const SETTLE_MS = 1_500;
/** Looks further apart than this have nothing to do with each other: PostgreSQL was away, or this process stood still. */
const APART_MS = 5_000;

/**
 * Whether there is a stall, once looks one after the other have said the same for a while; undefined before that.
 * @param now milliseconds that never go back
 */
export function createSettling(now: () => number = () => performance.now()): {
  /** Takes what a look has said. */
  saw(stalled: boolean): boolean | undefined;
  /** Whether the last look said otherwise than what is settled. */
  inDoubt(): boolean;
} {
  let settled: boolean | undefined;
  let last: { stalled: boolean; since: number; at: number } | undefined;
  return {
    saw: (stalled) => {
      const at = now();
      const goesOn = last !== undefined && last.stalled === stalled && at - last.at <= APART_MS;
      last = { stalled, since: goesOn ? last!.since : at, at };
      if (at - last.since >= SETTLE_MS) settled = stalled;
      return settled;
    },
    inDoubt: () => last?.stalled !== settled,
  };
}
