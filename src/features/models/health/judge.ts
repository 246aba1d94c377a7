import { APICallError, LoadAPIKeyError } from '@ai-sdk/provider';
import { AppError, messageOf } from '#platform/errors/index.ts';

/** What a failed call says about the provider, not about what it was asked. */
export type Verdict =
  /** Its own answer to a bad request: it works. */
  | { fault: 'ours' }
  /** Nothing: the call was broken off. */
  | { fault: 'none' }
  /** It is in trouble, perhaps for a moment. */
  | { fault: 'provider' }
  /** It won't answer before so many ms, however often it is asked; undefined when it doesn't say. */
  | { fault: 'closed'; for_ms: number | undefined };

/** A pause that a provider asks for and that is worth waiting for within a turn. */
const SHORT_PAUSE_MS = 10_000;

/** When the provider wants to be asked again, in ms from now; undefined when it doesn't say. */
function retryAfterMs(error: unknown, now: number): number | undefined {
  if (!APICallError.isInstance(error)) return undefined;
  const { 'retry-after-ms': ms, 'retry-after': after } = error.responseHeaders ?? {};
  if (ms !== undefined && Number.isFinite(Number(ms))) return Math.max(0, Number(ms));
  if (after === undefined) return undefined;
  const wait = Number.isFinite(Number(after)) ? Number(after) * 1_000 : Date.parse(after) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** Whether the account has nothing left to pay with, which waiting doesn't mend. */
function isOutOfMoney({ responseBody = '', statusCode }: APICallError): boolean {
  return statusCode === 402 || /insufficient_quota|billing|credit balance/i.test(responseBody);
}

/** What a failure says of the provider. `now` in ms since 1970. */
export function judge(error: unknown, now: number): Verdict {
  if (LoadAPIKeyError.isInstance(error)) return { fault: 'closed', for_ms: undefined };
  if (APICallError.isInstance(error)) {
    const { statusCode } = error;
    // No answer: refused, reset, unknown host.
    if (statusCode === undefined) return { fault: 'provider' };
    if (statusCode === 401 || statusCode === 403 || isOutOfMoney(error)) {
      return { fault: 'closed', for_ms: undefined };
    }
    if (statusCode === 429) {
      const wait = retryAfterMs(error, now);
      return wait !== undefined && wait > SHORT_PAUSE_MS
        ? { fault: 'closed', for_ms: wait }
        : { fault: 'provider' };
    }
    if (statusCode >= 500 || statusCode === 408) return { fault: 'provider' };
    // What a 200 that is no answer comes as.
    return statusCode < 300 ? { fault: 'provider' } : { fault: 'ours' };
  }
  if (error instanceof AppError) {
    const troubles = ['models.silent', 'models.interrupted', 'models.empty'];
    return { fault: troubles.includes(error.code) ? 'provider' : 'ours' };
  }
  if (error instanceof Error && error.name === 'AbortError') return { fault: 'none' };
  // Broken connections and garbage.
  return { fault: 'provider' };
}

/** In words for a person, one line without secrets as far as the error has none. */
export function wordsOf(error: unknown): string {
  if (!APICallError.isInstance(error)) return messageOf(error).slice(0, 300);
  const { statusCode, message } = error;
  return (statusCode === undefined ? message : `${statusCode}: ${message}`).slice(0, 300);
}
