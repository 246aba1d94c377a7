import type { FeatureContext } from '#platform/feature/index.ts';
import { createCookieSecret } from './cookie-secret.ts';
import {
  cookieName,
  createSessionOfCookie,
  readSignedCookie,
  setCookie,
  signCookie,
  type SessionOfCookie,
} from './cookies.ts';
import { createLibrary, type Library } from './library.ts';

export type { Act, SessionDoor } from './act.ts';
export type { Library, LibraryCall, Outcome } from './library.ts';
export type { SessionOfCookie } from './cookies.ts';

/** What signs browsers in: the auth library, loaded when first needed, and what reads its cookie without it. */
export interface Browsers {
  library: Library;
  sessionOfCookie: SessionOfCookie;
  /** Cookies of our own, signed as the library's are. */
  cookies: {
    set(name: OwnCookie, value: string, max_age_s: number): Promise<string>;
    read(headers: Headers, name: OwnCookie): Promise<string | undefined>;
  };
  public_url: string | undefined;
}

type OwnCookie = 'session_token' | 'passkey';

/** One of it in a process. `public_url`: where people open Famulus; undefined on a plain loopback address. */
export function createBrowsers(
  { database, encryption, log }: Pick<FeatureContext, 'database' | 'encryption' | 'log'>,
  { public_url }: { public_url: string | undefined },
): Browsers {
  const secret = createCookieSecret({ database, encryption });
  const library = createLibrary({ database, log, secret, public_url });
  const { secure } = library;
  return {
    library,
    public_url,
    cookies: {
      set: async (name, value, max_age_s) =>
        setCookie(cookieName(name, secure), signCookie(value, await secret()), { secure, max_age_s }),
      read: async (headers, name) =>
        readSignedCookie(headers.get('cookie'), cookieName(name, secure), await secret()),
    },
    sessionOfCookie: createSessionOfCookie({ db: database.system, secret, secure }),
  };
}
