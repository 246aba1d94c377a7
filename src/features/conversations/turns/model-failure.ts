import {
  APICallError,
  LoadAPIKeyError,
  NoSuchModelError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { AppError, messageOf } from '#platform/errors/index.ts';

/** Whether the same model may well answer the same request when it is asked again. */
export function mayPass(error: unknown): boolean {
  if (APICallError.isInstance(error)) return error.isRetryable;
  if (error instanceof AppError) return error.retryable;
  const lasting = [LoadAPIKeyError, NoSuchModelError, UnsupportedFunctionalityError];
  // The rest is time-outs, broken connections and garbage.
  return !lasting.some((kind) => kind.isInstance(error));
}

/** When the provider wants to be asked again, in ms from now; undefined when it doesn't say. */
export function retryAfterMs(error: unknown, now: number): number | undefined {
  if (!APICallError.isInstance(error)) return undefined;
  const { 'retry-after-ms': ms, 'retry-after': after } = error.responseHeaders ?? {};
  if (ms !== undefined && Number.isFinite(Number(ms))) return Math.max(0, Number(ms));
  if (after === undefined) return undefined;
  const wait = Number.isFinite(Number(after)) ? Number(after) * 1_000 : Date.parse(after) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** One line for logs and the activity list. */
export function describeFailure(error: unknown): string {
  if (!APICallError.isInstance(error)) return messageOf(error);
  return error.statusCode === undefined ? error.message : `${error.statusCode}: ${error.message}`;
}
