export interface Clock {
  /** The database's time as well as it is known without asking; before the first `sync` this machine's. */
  now(): Date;
  /**
   * Asks the database, taking half the round trip off. `step_ms` is how far its clock has jumped since the last time,
   * positive when it went forward, 0 when what differs is less than a second or can be explained by the round trips.
   */
  sync(): Promise<{ step_ms: number }>;
}

/** Smaller differences are drift, or the clock being slewed, and are followed without a word. */
const STEP_MS = 1_000;

/** A measurement of the database's time against the monotonic clock, both in milliseconds, and how wrong it may be. */
interface Measurement {
  offset: number;
  uncertainty: number;
}

/**
 * A clock that follows the database's `app_now()`, which decides what is due, between the times it is asked.
 * @param monotonic milliseconds that never go back
 */
export function createClock(
  readDatabaseNow: () => Promise<Date>,
  monotonic: () => number = () => performance.now(),
): Clock {
  let known: Measurement = { offset: Date.now() - monotonic(), uncertainty: Number.POSITIVE_INFINITY };

  async function measure(): Promise<Measurement> {
    const asked = monotonic();
    const answer = await readDatabaseNow();
    const answered = monotonic();
    return { offset: answer.getTime() - (asked + answered) / 2, uncertainty: (answered - asked) / 2 };
  }

  return {
    now: () => new Date(monotonic() + known.offset),
    sync: async () => {
      const measured = await measure();
      const difference = measured.offset - known.offset;
      const isStep = Math.abs(difference) > STEP_MS + measured.uncertainty + known.uncertainty;
      // A slow answer that agrees with what a fast one has said would only make it less exact.
      const isWorse =
        Math.abs(difference) <= measured.uncertainty && measured.uncertainty > known.uncertainty;
      if (!isWorse) known = measured;
      return { step_ms: isStep ? Math.round(difference) : 0 };
    },
  };
}
