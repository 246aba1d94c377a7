import { createParser } from 'eventsource-parser';

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

export interface StreamedEvent {
  /** Undefined for what is not stored, such as message.delta. */
  id: string | undefined;
  seq?: number;
  type: string;
  subject: string | null;
  at: string;
  payload: Record<string, unknown>;
  /** When it came, by this process's clock: milliseconds since 1970, with fractions. */
  received_at: number;
}

/** An open event stream, which ends with `close`; `await using` closes it. */
export interface EventReader extends AsyncDisposable {
  /** All that came so far; grows. */
  readonly received: readonly StreamedEvent[];
  /** The id to resume after. */
  readonly lastEventId: string | undefined;
  /** The first event that fits, also one that is there already. Rejects after `timeoutMs` (10,000) and at the end. */
  waitFor(fits: (event: StreamedEvent) => boolean, timeoutMs?: number): Promise<StreamedEvent>;
  /** Resolves with true when the server has ended the stream, with false when `close` has. */
  ended: Promise<boolean>;
  close(): Promise<void>;
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
    const response = await fetch(url + path, {
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

interface Waiting {
  fits(event: StreamedEvent): boolean;
  resolve(event: StreamedEvent): void;
  reject(error: Error): void;
}

async function openEvents(url: string, headers: Record<string, string>): Promise<EventReader> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (response.status !== 200) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
  const received: StreamedEvent[] = [];
  const waiting = new Set<Waiting>();
  let lastEventId: string | undefined;
  let over = false;

  const parser = createParser({
    onEvent: ({ id, data }) => {
      const received_at = performance.timeOrigin + performance.now();
      const event = { ...(JSON.parse(data) as Omit<StreamedEvent, 'id' | 'received_at'>), id, received_at };
      if (id !== undefined) lastEventId = id;
      received.push(event);
      for (const one of [...waiting].filter(({ fits }) => fits(event))) {
        waiting.delete(one);
        one.resolve(event);
      }
    },
  });

  function end(byServer: boolean): boolean {
    over = true;
    for (const { reject } of waiting) reject(new Error(`the event stream ended; it had ${summary()}`));
    waiting.clear();
    return byServer;
  }
  const summary = () => received.map(({ type }) => type).join(', ') || 'no events';

  async function read(): Promise<boolean> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body!) parser.feed(decoder.decode(chunk, { stream: true }));
      return end(true);
    } catch {
      // Closed by us, or cut off because the server died.
      return end(!leaving.signal.aborted);
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
      return lastEventId;
    },
    waitFor: async (fits, timeoutMs = 10_000) => {
      const known = received.find(fits);
      if (known) return known;
      if (over) throw new Error(`the event stream is over; it had ${summary()}`);
      return await new Promise<StreamedEvent>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(entry);
          reject(new Error(`no such event within ${timeoutMs} ms; there were ${summary()}`));
        }, timeoutMs);
        const entry: Waiting = {
          fits,
          resolve: (event) => {
            clearTimeout(timer);
            resolve(event);
          },
          reject: (error) => {
            clearTimeout(timer);
            reject(error);
          },
        };
        waiting.add(entry);
      });
    },
    ended,
    close,
    [Symbol.asyncDispose]: close,
  };
}
