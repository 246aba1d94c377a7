import { AppError } from '#platform/errors/index.ts';

const REQUEST_HEADERS = 'authorization, content-type, idempotency-key, last-event-id, x-request-id';
const ANSWER_HEADERS = 'idempotency-replayed, location, retry-after, x-request-id';
/** How long a browser may keep the answer to a preflight, in seconds. */
const MAX_AGE_S = 600;

/**
 * The headers by which pages of the listed origins may read answers, with bearer tokens but never with cookies
 * (Fetch standard, "CORS protocol").
 */
export function corsHeaders(headers: Headers, origins: readonly string[]): Record<string, string> {
  if (origins.length === 0) return {};
  const origin = headers.get('origin');
  if (origin === null || !origins.includes(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': ANSWER_HEADERS,
  };
}

/** Whether a browser asks if it may send the real request. */
export function isPreflight(method: string, headers: Headers): boolean {
  return method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method');
}

/**
 * The answer to that; `allowed` are the path's verbs.
 * @throws AppError 403 `cors.origin` for an origin that isn't listed
 */
export function preflightAnswer(headers: Headers, origins: readonly string[], allowed: string[]): Response {
  if (!origins.includes(headers.get('origin') ?? '')) {
    throw new AppError({
      code: 'cors.origin',
      kind: 'forbidden',
      message: 'pages of other origins may call only where CORS_ORIGINS lists them',
    });
  }
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': allowed.join(', '),
      'access-control-allow-headers': REQUEST_HEADERS,
      'access-control-max-age': String(MAX_AGE_S),
    },
  });
}
