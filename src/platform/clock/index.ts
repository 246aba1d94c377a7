import { setTimeout as delay } from 'node:timers/promises';

export interface ClockOptions {
  /** Told when the database's clock was set, by how much: positive when it went forward. */
  onStep?: (step: { step_ms: number }) => void;
  /** Milliseconds that never go back. */
  monotonic?: () => number;
  /** Waits about so many milliseconds, less when the signal is aborted. */
  wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

export interface Clock {
  /** The database's time as well as it is known without asking; before the first `sync` this machine's. */
  now(): Date;
  /**
   * Asks the database, taking half the round trip off. `step_ms` is how far its clock has jumped since the last time,
   * 0 when what differs is less than a second or can be explained by the round trips.
   */
  sync(): Promise<{ step_ms: number }>;
  /**
   * Resolves when the database's time is `instant` or later, never before; or when `signal` is aborted.
   * Looks again at least every `max_ms` (1,000), so that a step, noticed by `sync`, can't make it oversleep.
   */
  sleepUntil(instant: Date, options?: { signal?: AbortSignal; max_ms?: number }): Promise<void>;
}

/** Smaller differences are drift, or the clock being slewed, and are followed without a word. */
const STEP_MS = 1_000;

/** setTimeout fires at once for anything longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A measurement of the database's time against the monotonic clock, both in milliseconds, and how wrong it may be. */
interface Measurement {
  offset: number;
  uncertainty: number;
}

/** A clock that follows the database's `app_now()`, which decides what is due, between the times it is asked. */
export function createClock(
  readDatabaseNow: () => Promise<Date>,
  { onStep, monotonic = () => performance.now(), wait = waitOnTimer }: ClockOptions = {},
): Clock {
  let known: Measurement = { offset: Date.now() - monotonic(), uncertainty: Number.POSITIVE_INFINITY };
  const nowMs = () => monotonic() + known.offset;

  const measure = async (): Promise<Measurement> => {
    const asked = monotonic();
    const answer = await readDatabaseNow();
    const answered = monotonic();
    return { offset: answer.getTime() - (asked + answered) / 2, uncertainty: (answered - asked) / 2 };
  };

  return {
    now: () => new Date(nowMs()),

    sync: async () => {
      const measured = await measure();
      const difference = measured.offset - known.offset;
      const isStep = Math.abs(difference) > STEP_MS + measured.uncertainty + known.uncertainty;
      // A slow answer that agrees with what a fast one has said would only make it less exact.
      const isWorse =
        Math.abs(difference) <= measured.uncertainty && measured.uncertainty > known.uncertainty;
      if (!isWorse) known = measured;
      if (!isStep) return { step_ms: 0 };
      const step = { step_ms: Math.round(difference) };
      onStep?.(step);
      return step;
    },

    sleepUntil: async (instant, { signal, max_ms = 1_000 } = {}) => {
      const longest = Math.min(max_ms, LONGEST_TIMER_MS);
      for (;;) {
        const left = instant.getTime() - nowMs();
        if (left <= 0 || signal?.aborted) return;
        await wait(Math.min(Math.ceil(left), longest), signal);
      }
    },
  };
}

async function waitOnTimer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal && { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
