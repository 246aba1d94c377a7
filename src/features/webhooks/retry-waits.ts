const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Before each next attempt, ms: two days and some hours in all. */
const waits = [
  SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  12 * HOUR,
  12 * HOUR,
];

/** Of these for what was refused for what it says: it will hardly be taken later, and what comes behind it waits. */
const WAITS_IF_REFUSED = 5;

/** The longest that a receiver's Retry-After is heeded. */
const LONGEST_MS = 12 * HOUR;

/** Statuses that mean the message, not the moment: bad request, too large, wrong media type, unprocessable. */
const refusals = new Set([400, 413, 415, 422]);

export interface FailedAttempt {
  /** Which one it was, from 1. */
  attempt: number;
  /** Undefined when there was no answer. */
  status: number | undefined;
  /** As the receiver asks, ms. */
  retry_after_ms: number | undefined;
}

/** How long to wait before the next attempt, ms, ± 20 %; undefined when there is none. */
export function nextWait(
  { attempt, status, retry_after_ms = 0 }: FailedAttempt,
  random: () => number = Math.random,
): number | undefined {
  const refused = status !== undefined && refusals.has(status);
  if (status === 410 || (refused && attempt > WAITS_IF_REFUSED)) return undefined;
  const wait = waits[attempt - 1];
  if (wait === undefined) return undefined;
  const own = wait * (0.8 + 0.4 * random());
  return Math.round(Math.max(own, Math.min(retry_after_ms, LONGEST_MS)));
}

/** The header Retry-After (RFC 9110, 10.2.3): seconds or a date, as ms from now. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
