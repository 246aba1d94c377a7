import { RetryLater } from './problem.ts';

/** How often each user may call. */
export interface Rate {
  /** Calls a second that may go on for ever. */
  per_second: number;
  /** Calls at once after a pause. */
  burst: number;
}

/** How often buckets that are full again are dropped. */
const SWEEP_MS = 10_000;

/**
 * A token bucket per user, in this process's memory, kept as one number: when the bucket will be full again (GCRA).
 * `now` gives milliseconds of a clock that is never set back.
 */
export function createRateLimit({ per_second, burst }: Rate, now: () => number = () => performance.now()) {
  const token_ms = 1_000 / per_second;
  const full_ms = burst * token_ms;
  const fullAt = new Map<string, number>();
  let sweptAt = now();

  function sweep(at: number): void {
    sweptAt = at;
    for (const [user, full] of fullAt) if (full <= at) fullAt.delete(user);
  }

  return {
    /** Takes a token. @throws RetryLater 429 `rate.exceeded` when there is none */
    take(userId: string): void {
      const at = now();
      if (at - sweptAt > SWEEP_MS) sweep(at);
      const next = Math.max(fullAt.get(userId) ?? at, at) + token_ms;
      const wait = next - at - full_ms;
      // A thousandth of a token is a rounding error.
      if (wait <= token_ms / 1_000) return void fullAt.set(userId, next);
      throw new RetryLater({
        code: 'rate.exceeded',
        kind: 'rate_limited',
        message: `more than ${per_second} requests a second (${burst} at once): slow down`,
        retry_after_s: wait / 1_000,
      });
    },
    /** How many buckets are not known to be full. */
    size: () => fullAt.size,
  };
}
