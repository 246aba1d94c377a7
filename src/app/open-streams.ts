import type { Signals } from '#platform/events/index.ts';
import { RetryLater } from '#platform/http/problem.ts';
import type { StreamCaller } from '#platform/http/stream-tickets.ts';

/** How many streams a user may have open in this process, of both kinds together. */
const MOST_PER_USER = 100;
/** How often the credentials are looked at without a signal: those may be lost. */
const CHECK_MS = 2_000;

export interface OpenStreams {
  /** @throws RetryLater 429 `streams.too_many` when the user has as many as one may have */
  requireRoom(userId: string): void;
  /** Counts a stream and calls `end` once when its caller may not listen any more. Returns what to call at its end. */
  add(caller: StreamCaller, end: () => void): () => void;
}

export interface OpenStreamsOptions {
  signals: Signals;
  /** Those of the callers whose credentials still hold. */
  stillHolding(callers: StreamCaller[]): Promise<Set<StreamCaller>>;
  /** A look that failed: all streams stay, and the next look is soon. */
  onError(error: unknown): void;
  checkMs?: number;
}

/** All streams of this process: how many each user has, and that each ends when what opened it holds no more. */
export function createOpenStreams(options: OpenStreamsOptions): OpenStreams {
  const { signals, stillHolding, onError, checkMs = CHECK_MS } = options;
  const open = new Map<StreamCaller, () => void>();
  const countOf = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let checking = false;
  let again = false;
  signals.subscribe('access', () => void check());

  async function check(): Promise<void> {
    again = true;
    if (checking) return;
    checking = true;
    // What changed during a look may not be in it.
    while (again && open.size > 0) {
      again = false;
      try {
        await look();
      } catch (error) {
        onError(error);
      }
    }
    checking = false;
  }

  async function look(): Promise<void> {
    const callers = [...open.keys()];
    const holding = await stillHolding(callers);
    const now = Date.now();
    for (const caller of callers)
      if (!holding.has(caller) || (caller.until !== undefined && caller.until <= now)) open.get(caller)?.();
  }

  function count(userId: string, change: 1 | -1): void {
    const left = (countOf.get(userId) ?? 0) + change;
    if (left > 0) countOf.set(userId, left);
    else countOf.delete(userId);
  }

  return {
    requireRoom: (userId) => {
      if ((countOf.get(userId) ?? 0) < MOST_PER_USER) return;
      throw new RetryLater({
        code: 'streams.too_many',
        kind: 'rate_limited',
        message: `more than ${MOST_PER_USER} open streams: close some`,
        retry_after_s: 5,
      });
    },
    add: (given, end) => {
      // One entry for each stream, also of callers that are one object.
      const caller = { ...given };
      open.set(caller, end);
      count(caller.user_id, 1);
      timer ??= setInterval(() => void check(), checkMs);
      return () => {
        if (!open.delete(caller)) return;
        count(caller.user_id, -1);
        if (open.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
