import { setTimeout as delay } from 'node:timers/promises';
import { AppError, messageOf } from '#platform/errors/index.ts';

/** How long a server that is away is waited for: longer than a restart takes. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 250;
const REQUEST_MS = 30_000;

export interface ApiOptions {
  /** Where the server is now; it may come back on another port. Rejects when it does not run. */
  findServer(): Promise<string>;
  token: string;
  /** Another token, when the first one is no longer taken. */
  newToken(): Promise<string>;
  signal: AbortSignal;
  /** Told once when the server is away. */
  onAway?: () => void;
}

/** The server's API as one user. */
export interface Api {
  /** The answer's JSON. Asked again while the server is away: what is sent must bear that. @throws AppError */
  call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>;
  /** One attempt at an answer that is read as it comes. Rejects when there is none, and for any status but 200. */
  open(path: string, headers: Record<string, string>): Promise<Response>;
}

/** Nothing answered: the server is away, or going. */
class AwayError extends Error {}

export function createApi({ findServer, token: first, newToken, signal, onAway }: ApiOptions): Api {
  let token = first;

  async function once(path: string, init: RequestInit): Promise<Response> {
    const url = (await findServer()) + path;
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` };
    try {
      return await fetch(url, { ...init, headers });
    } catch (error) {
      signal.throwIfAborted();
      throw new AwayError(`${url} does not answer: ${messageOf((error as Error).cause ?? error)}`);
    }
  }

  async function request(path: string, init: RequestInit): Promise<Response> {
    const response = await once(path, init);
    if (response.status !== 401) return response;
    await response.body?.cancel();
    token = await newToken();
    return await once(path, init);
  }

  async function patiently(path: string, init: () => RequestInit): Promise<Response> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await request(path, init());
        if (response.status !== 503 || performance.now() > deadline) return response;
        await response.body?.cancel();
      } catch (error) {
        const away = error instanceof AwayError || (error as Partial<AppError>).code === 'cli.not_running';
        if (!away || performance.now() > deadline) throw error;
      }
      if (attempt === 0) onAway?.();
      await delay(RETRY_MS, undefined, { signal });
    }
  }

  return {
    call: async <T>(method: string, path: string, body?: unknown) => {
      const response = await patiently(path, () => ({
        method,
        signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]),
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      }));
      if (!response.ok) throw await problem(response);
      return (await response.json()) as T;
    },
    open: async (path, headers) => {
      const response = await request(path, { headers, signal });
      if (response.status !== 200) throw await problem(response);
      return response;
    },
  };
}

async function problem(response: Response): Promise<AppError> {
  const told = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
  return new AppError({
    code: told.code ?? 'cli.refused',
    kind: 'invalid',
    message: `The server answered ${response.status}: ${told.detail ?? response.statusText}`,
  });
}
