import { Answer } from '#platform/http/route.ts';
import type { Outcome } from '../library/index.ts';

/**
 * Sends what the library answered, with its cookies if a browser asked. An `Answer` wherever that can hold it: it is
 * kept for an `Idempotency-Key`. @throws its refusal.
 */
export function libraryAnswer<T>(
  outcome: Outcome<T>,
  { headers: asked }: { headers: Headers },
): Response | Answer<never> {
  if (outcome.status === 'refused') throw outcome.error;
  const isBrowser = !/^Bearer\b/i.test(asked.get('authorization') ?? '');
  const cookies = isBrowser ? outcome.headers.getSetCookie() : [];
  // Its declared shape is what the library is known to answer with.
  const body = outcome.body as never;
  const [first] = cookies;
  if (first === undefined) return new Answer(200, body);
  if (cookies.length === 1) return new Answer(200, body, { 'set-cookie': first });
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(JSON.stringify(body), { headers });
}
