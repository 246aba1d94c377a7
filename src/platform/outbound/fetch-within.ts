import type { Agent, fetch as undiciFetch, Response as UndiciResponse } from 'undici';
import { limitedAnswer } from './answer.ts';
import { checkedUrl } from './check-url.ts';
import { asFailure, badRedirect, tooSlow } from './failures.ts';
import { isRedirect, nextHop, type Hop } from './redirects.ts';

export interface OutboundLimits {
  /** From the call to the last byte of the answer; null for a stream that stays open. Default 30,000. */
  total_ms: number | null;
  /** Of the answer, unpacked. Default 10 MiB. */
  max_bytes: number;
  /** Default 5. */
  max_redirects: number;
}

/** undici, with an agent whose connections are guarded. */
export interface Client {
  agent: Agent;
  fetch: typeof undiciFetch;
}

/** `fetch` with redirects followed by hand, and within limits. */
export async function fetchWithin(
  client: Client,
  { total_ms, max_bytes, max_redirects }: OutboundLimits,
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const given = input instanceof Request ? input : undefined;
  const url = checkedUrl(given?.url ?? (input as string | URL));
  const request = new Request(given ?? url, init);
  const stop = init?.signal ?? given?.signal;
  const deadline = total_ms === null ? undefined : AbortSignal.timeout(total_ms);
  const signal = AbortSignal.any([stop, deadline].filter((one) => one !== undefined && one !== null));
  const failure = (error: unknown, origin: string): unknown => {
    if (stop?.aborted) return stop.reason;
    return deadline?.aborted ? tooSlow(origin, total_ms!) : asFailure(error, origin);
  };
  let hop = await firstHop(url, request);
  for (let redirects = 0; ; redirects += 1) {
    const { url: asked, method } = hop;
    const answer = await fetchHop(client, hop, signal).catch((error: unknown) => {
      throw failure(error, asked.origin);
    });
    const location = isRedirect(answer.status) ? answer.headers.get('location') : null;
    if (location === null || request.redirect === 'manual') {
      return await limitedAnswer(answer, {
        url: asked,
        method,
        redirected: redirects > 0,
        max_bytes,
        failure: (error) => failure(error, asked.origin),
      });
    }
    await answer.body?.cancel();
    if (request.redirect === 'error') throw badRedirect(asked.origin, 'redirects elsewhere');
    if (redirects === max_redirects)
      throw badRedirect(asked.origin, `is behind more than ${max_redirects} redirects`);
    hop = nextHop(hop, answer.status, checkedUrl(location, asked));
  }
}

async function firstHop(url: URL, request: Request): Promise<Hop> {
  const headers = new Headers(request.headers);
  if (!headers.has('user-agent')) headers.set('user-agent', 'Famulus');
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  return { url, method: request.method, headers, body };
}

async function fetchHop(
  { agent, fetch }: Client,
  { url, method, headers, body }: Hop,
  signal: AbortSignal,
): Promise<UndiciResponse> {
  return await fetch(url, {
    method,
    headers: [...headers],
    body: body ?? null,
    redirect: 'manual',
    signal,
    dispatcher: agent,
  });
}
