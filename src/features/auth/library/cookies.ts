import { createHmac } from 'node:crypto';
import { constantTimeEqual } from '#platform/crypto/index.ts';
import type { Db } from '#platform/db/index.ts';
import { selectLiveSession, type LiveSession } from '../queries/sessions.ts';
import type { CookieSecret } from './cookie-secret.ts';

export const COOKIE_PREFIX = 'famulus';

/** The name of one of the library's cookies, e.g. `__Secure-famulus.session_token`. */
export function cookieName(name: 'session_token' | 'two_factor' | 'passkey', secure: boolean): string {
  return `${secure ? '__Secure-' : ''}${COOKIE_PREFIX}.${name}`;
}

/** A `Set-Cookie` with the attributes that all of ours have. */
export function setCookie(
  name: string,
  signed: string,
  { secure, max_age_s }: { secure: boolean; max_age_s: number },
): string {
  const attributes = `Max-Age=${max_age_s}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return `${name}=${signed}; ${attributes}`;
}

/** A value as the library writes it into a cookie: with its HMAC-SHA256 behind a dot, percent-encoded. */
export function signCookie(value: string, secret: string): string {
  return encodeURIComponent(`${value}.${signature(value, secret)}`);
}

/** The value of a signed cookie in a `Cookie` header; undefined when it is not there or was not signed by us. */
export function readSignedCookie(header: string | null, name: string, secret: string): string | undefined {
  const start = `${name}=`;
  const pair = (header ?? '').split(';').find((part) => part.trimStart().startsWith(start));
  const signed = decoded(pair?.trim().slice(start.length));
  const dot = signed?.lastIndexOf('.') ?? -1;
  if (signed === undefined || dot < 1) return undefined;
  const value = signed.slice(0, dot);
  return constantTimeEqual(signed.slice(dot + 1), signature(value, secret)) ? value : undefined;
}

function signature(value: string, secret: string): string {
  return createHmac('sha256', secret).update(value).digest('base64');
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The browser session whose cookie a request carries, while it is in force. Needs nothing of the library. */
export type SessionOfCookie = (headers: Headers) => Promise<LiveSession | undefined>;

export function createSessionOfCookie(options: {
  /** The system role: before authentication there is no tenant. */
  db: Db;
  secret: CookieSecret;
  secure: boolean;
}): SessionOfCookie {
  const name = cookieName('session_token', options.secure);
  return async (headers) => {
    const header = headers.get('cookie');
    // Most requests carry none of ours, and then the secret is not needed either.
    if (header === null || !header.includes(name)) return undefined;
    const token = readSignedCookie(header, name, await options.secret());
    return token === undefined ? undefined : await selectLiveSession(options.db, { token });
  };
}
