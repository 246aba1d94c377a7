import { createParser } from 'eventsource-parser';

import { contractProxy } from '#test/contract-proxy.ts';
import { collectEvents, type EventReader } from '#test/event-reader.ts';

/** An answer; `body` is the parsed JSON, the text where it is none, and undefined where there is nothing. */
export interface Reply<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** HTTP as one user. A path begins with `/`; what is sent is JSON. No answer is an error, whatever its status. */
export interface Client {
  get<T = unknown>(path: string, headers?: Record<string, string>): Promise<Reply<T>>;
  post<T = unknown>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply<T>>;
  put<T = unknown>(path: string, body?: unknown): Promise<Reply<T>>;
  patch<T = unknown>(path: string, body?: unknown): Promise<Reply<T>>;
  delete<T = unknown>(path: string): Promise<Reply<T>>;
  /** Opens `/api/events`; resolves when the answer's headers are there. */
  events(options?: { lastEventId?: string | number; subject?: string }): Promise<EventReader>;
}

export function createClient({ url }: { url: string }, { token }: { token: string }): Client {
  const authorization = `Bearer ${token}`;
  async function send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    const json = body !== undefined && { 'content-type': 'application/json' };
    const response = await fetch((await contractProxy(url)) + path, {
      method,
      headers: { authorization, ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const parsed: unknown = isJson ? JSON.parse(text) : text || undefined;
    return { status: response.status, headers: response.headers, body: parsed as T };
  }
  return {
    get: async (path, headers) => await send('GET', path, undefined, headers),
    post: async (path, body, headers) => await send('POST', path, body, headers),
    put: async (path, body) => await send('PUT', path, body),
    patch: async (path, body) => await send('PATCH', path, body),
    delete: async (path) => await send('DELETE', path),
    events: async ({ lastEventId, subject } = {}) => {
      const query = subject === undefined ? '' : `?subject=${encodeURIComponent(subject)}`;
      const resume = lastEventId !== undefined && { 'last-event-id': String(lastEventId) };
      return await openEvents(`${url}/api/events${query}`, { authorization, ...resume });
    },
  };
}

async function openEvents(url: string, headers: Record<string, string>): Promise<EventReader> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (response.status !== 200) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
  const { take, end, received, lastEventId, waitFor } = collectEvents();
  const parser = createParser({ onEvent: ({ id, data }) => take(data, id) });

  async function read(): Promise<boolean> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body!) parser.feed(decoder.decode(chunk, { stream: true }));
      return true;
    } catch {
      // Closed by us, or cut off because the server died.
      return !leaving.signal.aborted;
    } finally {
      end();
    }
  }
  const ended = read();
  const close = async () => {
    leaving.abort();
    await ended;
  };

  return {
    received,
    get lastEventId() {
      return lastEventId();
    },
    waitFor,
    ended,
    close,
    [Symbol.asyncDispose]: close,
  };
}
