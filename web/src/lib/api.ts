import { problemOf, Unreachable } from './problem.ts';

type QueryValue = string | number | boolean | undefined | null;

export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  query?: Record<string, QueryValue>;
  signal?: AbortSignal | undefined;
  /** Goes on when the page is left: for what must not be lost. */
  keepalive?: boolean;
  /** Makes a POST safe to send again (`Idempotency-Key`). */
  idempotencyKey?: string;
}

/**
 * Asks our API with the browser's session.
 * @throws Problem for a refusal, Unreachable when there is no answer, AbortError when `signal` fired
 */
async function ask<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const { body, query = {}, signal, keepalive, idempotencyKey } = options;
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const response = await fetch(search === '' ? path : `${path}?${search}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
    ...(keepalive && { keepalive }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable('Famulus does not answer', { cause: error });
  });
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const api = {
  get: async <T>(path: string, options?: Omit<RequestOptions, 'body'>) => await ask<T>('GET', path, options),
  post: async <T>(path: string, body?: unknown, options?: RequestOptions) =>
    await ask<T>('POST', path, { ...options, body }),
  put: async <T>(path: string, body?: unknown, options?: RequestOptions) =>
    await ask<T>('PUT', path, { ...options, body }),
  patch: async <T>(path: string, body?: unknown, options?: RequestOptions) =>
    await ask<T>('PATCH', path, { ...options, body }),
  delete: async <T = void>(path: string, options?: RequestOptions) => await ask<T>('DELETE', path, options),
};
