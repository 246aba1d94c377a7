import { badRedirect } from './failures.ts';

/** What is sent in one hop. */
export interface Hop {
  url: URL;
  method: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | undefined;
}

/** What tells nothing about who asks: all that goes along to another origin. */
const harmless = ['accept', 'accept-language', 'user-agent'];

/** What speaks of a body that is no longer sent. */
const ofBody = ['content-type', 'content-encoding', 'content-language', 'content-location', 'content-length'];

/** Whether an answer sends the client elsewhere (Fetch standard, "redirect status"). */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * The next request of a chain, as the Fetch standard makes it; but to another origin no headers go along, and no body,
 * so that what was meant for one server is not read by another.
 *
 * @throws AppError `outbound.redirect` when a body would have to go there
 */
export function nextHop({ url: from, method, headers, body }: Hop, status: number, url: URL): Hop {
  const becomesGet = (status === 303 && method !== 'HEAD') || (status <= 302 && method === 'POST');
  const staysHome = from.origin === url.origin;
  const next: Hop = {
    url,
    method: becomesGet ? 'GET' : method,
    headers: staysHome ? new Headers(headers) : only(headers, harmless),
    body: becomesGet ? undefined : body,
  };
  if (!staysHome && next.method !== 'GET' && next.method !== 'HEAD')
    throw badRedirect(from.origin, `wants this ${method} to go to ${url.origin} instead; ask there directly`);
  if (!next.body) for (const name of ofBody) next.headers.delete(name);
  return next;
}

function only(headers: Headers, names: string[]): Headers {
  return new Headers([...headers].filter(([name]) => names.includes(name)));
}
