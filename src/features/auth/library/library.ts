import type { FeatureContext } from '#platform/feature/index.ts';
import { AppError, type ErrorKind } from '#platform/errors/index.ts';
import { RetryLater } from '#platform/http/problem.ts';
import { during, type Act } from './act.ts';
import type { CookieSecret } from './cookie-secret.ts';
import { cookieName, readSignedCookie, signCookie } from './cookies.ts';
import type { LoadedLibrary } from './load.ts';

type Api = LoadedLibrary['api'];

/** What a call of the library came to. A refusal is to be committed too: it has counted an attempt. */
export type Outcome<T> =
  | { status: 'done'; body: T; headers: Headers }
  | { status: 'refused'; error: AppError; headers: Headers };

/** Calls one function of the library's API with what is to be passed on to it. */
export type LibraryCall<T> = (
  api: Api,
  options: { headers: Headers; returnHeaders: true },
) => Promise<{ headers: Headers; response: T }>;

export interface Library {
  /** Loads it; from then on it is there. */
  load(): Promise<Api>;
  /**
   * Calls the library within the act's transaction. Its errors that mean a bad request come back as a refusal.
   */
  run<T>(act: Act, cookie: string, call: LibraryCall<T>): Promise<Outcome<T>>;
  /** The `Cookie` header of a caller who is known, by cookie or otherwise; the act's door says whose session it is. */
  callerCookie(header: string | null): Promise<string>;
  /** Names the challenge of a sign-in that waits for its second factor, from `Cookie` or `Set-Cookie`. */
  challengeIn(cookies: string | null): Promise<string | undefined>;
  /** The cookie that names a challenge. */
  challengeCookie(challenge: string): Promise<string>;
  secure: boolean;
}

export interface LibrarySetup extends Pick<FeatureContext, 'database' | 'log'> {
  secret: CookieSecret;
  /** Where people open Famulus; undefined on a plain loopback address. */
  public_url: string | undefined;
}

export function createLibrary({ database, log, secret, public_url }: LibrarySetup): Library {
  const url = public_url ?? 'http://localhost';
  const secure = url.startsWith('https://');
  let loading: Promise<LoadedLibrary> | undefined;

  async function loaded(): Promise<LoadedLibrary> {
    const { loadLibrary } = await import('./load.ts');
    return loadLibrary({ db: database.system, secret: await secret(), url, log });
  }

  async function load(): Promise<Api> {
    const current = (loading ??= loaded());
    try {
      return (await current).api;
    } catch (error) {
      if (loading === current) loading = undefined;
      throw error;
    }
  }

  return {
    load,
    secure,
    run: async (act, cookie, call) => {
      const api = await load();
      const options = { headers: new Headers({ cookie }), returnHeaders: true as const };
      try {
        const { headers, response } = await during(act, async () => await call(api, options));
        return { status: 'done', body: response, headers };
      } catch (error) {
        const refused = asRefusal(error);
        if (!refused) throw error;
        return { status: 'refused', ...refused };
      }
    },
    callerCookie: async (header) => {
      const own = `${cookieName('session_token', secure)}=${signCookie('caller', await secret())}`;
      // The first of a name counts.
      return header === null ? own : `${own}; ${header}`;
    },
    challengeIn: async (cookies) =>
      readSignedCookie(cookies, cookieName('two_factor', secure), await secret()),
    challengeCookie: async (challenge) =>
      `${cookieName('two_factor', secure)}=${signCookie(challenge, await secret())}`,
  };
}

const kinds: Record<number, ErrorKind> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  422: 'invalid',
  429: 'rate_limited',
};

/** After ten wrong codes in a row the library takes none for a quarter of an hour; when exactly it began it doesn't say. */
const LOCKED_S = 900;

/** Where the library's status says less than ours could: what is against the present state is no bad request. */
const kindsByCode: Record<string, ErrorKind> = {
  TOTP_ALREADY_ENABLED: 'conflict',
  TOTP_NOT_ENABLED: 'conflict',
  TWO_FACTOR_NOT_ENABLED: 'conflict',
  BACKUP_CODES_NOT_ENABLED: 'conflict',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'rate_limited',
};

/** An error of the library (`APIError`) that is the caller's, as ours: `INVALID_CODE` becomes `auth.invalid_code`. */
function asRefusal(error: unknown): { error: AppError; headers: Headers } | undefined {
  if (!(error instanceof Error) || error.name !== 'APIError') return undefined;
  const { statusCode, body, headers } = error as unknown as {
    statusCode: number;
    body?: { code?: string; message?: string };
    headers?: Headers;
  };
  const kind = kindsByCode[body?.code ?? ''] ?? kinds[statusCode];
  if (kind === undefined) return undefined;
  const options = {
    code: `auth.${(body?.code ?? 'refused').toLowerCase()}`,
    kind,
    message: body?.message ?? 'refused',
  };
  const refused =
    kind === 'rate_limited' ? new RetryLater({ ...options, retry_after_s: LOCKED_S }) : new AppError(options);
  return { error: refused, headers: new Headers(headers) };
}
