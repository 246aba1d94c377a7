import type { Fetch } from '#platform/outbound/index.ts';
import { messageOf } from '#platform/errors/index.ts';
import { retryAfterMs } from './retry-waits.ts';

/** How long a receiver may take to answer. */
export const TIMEOUT_MS = 15_000;

/** Of what is kept of an error, in UTF-16 units. */
const MAX_ERROR = 500;

export interface Attempt {
  ok: boolean;
  /** Undefined when there was no answer. */
  status: number | undefined;
  error: string | undefined;
  retry_after_ms: number | undefined;
  duration_ms: number;
}

export interface SendRequest {
  /** Guarded, within `TIMEOUT_MS`. */
  fetch: Fetch;
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Ours: to stop. */
  signal: AbortSignal;
}

function explain(status: number): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400)
    return `it redirects (${status}), which is not followed: give the final address`;
  return `it answered ${status}`;
}

/**
 * One attempt: taken with a 2xx. Throws only when `signal` was aborted.
 */
export async function send({ fetch, url, headers, body, signal }: SendRequest): Promise<Attempt> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', 'user-agent': 'Famulus', ...headers },
      body,
      signal,
    });
    // What it says beside its status is not read.
    await response.body?.cancel().catch(() => {});
    const error = explain(response.status);
    return {
      ok: error === undefined,
      status: response.status,
      error,
      retry_after_ms: retryAfterMs(response.headers.get('retry-after'), Date.now()),
      duration_ms: took(),
    };
  } catch (error) {
    signal.throwIfAborted();
    return {
      ok: false,
      status: undefined,
      error: messageOf(error).slice(0, MAX_ERROR),
      retry_after_ms: undefined,
      duration_ms: took(),
    };
  }
}
