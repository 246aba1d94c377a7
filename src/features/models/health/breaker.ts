import { judge, wordsOf } from './judge.ts';

/** So many failed requests in a row, retries of one turn among them, and the provider is left alone for a while. */
const FAILURES = 3;
/** How long at first; twice as long after each try that failed, up to `LONGEST_MS`. */
const FIRST_MS = 30_000;
const LONGEST_MS = 300_000;
/** The longest that a provider may ask for. */
const LONGEST_ASKED_MS = 3_600_000;
/** A try whose end nobody told of does not hold the next one up for longer. */
const PROBE_MS = 120_000;

export interface ProviderHealth {
  /** `failing`: the last calls failed. `down`: it is not asked, but now and then to see whether it is back. */
  state: 'ok' | 'failing' | 'down';
  /** What it failed with last, in words; null when all is well. */
  error: string | null;
  /** When the failures began. */
  since: Date | null;
}

export type Change = 'opened' | 'closed' | undefined;

/** Keeps turns from waiting for a provider that does not work. Of one process; times in ms since 1970. */
export interface Breaker {
  /** Whether to ask it now. While it is down, one call at a time gets through when its pause is over. */
  mayTry(): boolean;
  succeeded(): Change;
  failed(error: unknown): Change;
  health(): ProviderHealth;
  /** When it answered last; null: not yet. */
  answeredAt(): Date | null;
}

export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let error: string | null = null;
  let since: number | null = null;
  let answered: number | null = null;
  /** Set while it is down. */
  let open: { until: number; pause: number; probing_until: number } | undefined;

  function succeeded(): Change {
    const change = open && 'closed';
    [failures, error, since, open, answered] = [0, null, null, undefined, now()];
    return change;
  }

  return {
    mayTry: () => {
      if (!open) return true;
      const at = now();
      if (at < open.until || at < open.probing_until) return false;
      open.probing_until = at + PROBE_MS;
      return true;
    },
    succeeded,
    failed: (failure) => {
      const at = now();
      const verdict = judge(failure, at);
      // It answered, and what it said is right.
      if (verdict.fault === 'ours') return succeeded();
      if (verdict.fault === 'none') {
        if (open) open.probing_until = 0;
        return undefined;
      }
      failures++;
      error = wordsOf(failure);
      since ??= at;
      const wasOpen = open !== undefined;
      if (verdict.fault === 'closed') {
        const pause = Math.min(verdict.for_ms ?? LONGEST_MS, LONGEST_ASKED_MS);
        open = { until: at + pause, pause: FIRST_MS, probing_until: 0 };
      } else if (open) {
        // Calls that were under way when it went down say nothing new.
        if (open.probing_until === 0 && at < open.until) return undefined;
        const pause = Math.min(open.pause * 2, LONGEST_MS);
        open = { until: at + pause, pause, probing_until: 0 };
      } else if (failures >= FAILURES) {
        open = { until: at + FIRST_MS, pause: FIRST_MS, probing_until: 0 };
      }
      return !wasOpen && open ? 'opened' : undefined;
    },
    answeredAt: () => (answered === null ? null : new Date(answered)),
    health: () => ({
      state: open ? 'down' : failures > 0 ? 'failing' : 'ok',
      error,
      since: since === null ? null : new Date(since),
    }),
  };
}
