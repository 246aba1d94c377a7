import { randomBytes } from 'node:crypto';
import type { Tx } from '#platform/db/index.ts';
import type { RequestInfo } from '#platform/http/route.ts';
import { isOwn } from '#platform/http/same-origin.ts';
import type { SessionRow } from './queries/sessions.ts';
import { createSession, type NewSession } from './sessions.ts';

/** How long a browser stays signed in after it was last used. */
export const BROWSER_SESSION_S = 30 * 86_400;

/**
 * Whether a page of ours asks, which wants a session: browsers say so in `Sec-Fetch-Site` or, where a page has no
 * https, in `Origin` alone. Programs say neither.
 */
export function isOwnPage(
  { headers, host }: Pick<RequestInfo, 'headers' | 'host'>,
  public_url: string | undefined,
): boolean {
  if (/^Bearer\b/i.test(headers.get('authorization') ?? '')) return false;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (site === null && origin === null) return false;
  if (site !== null && site !== 'same-origin') return false;
  return origin === null || isOwn(origin, host, public_url);
}

/** What the cookie of a new session carries. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Opens a browser's session, for which nothing more is to be asked. For the system role. */
export async function openBrowserSession(
  tx: Tx,
  session: Required<Pick<NewSession, 'user_id' | 'method' | 'device' | 'token'>> &
    Pick<NewSession, 'metadata'>,
): Promise<SessionRow> {
  return await createSession(tx, { ...session, kind: 'browser', lifetime_ms: BROWSER_SESSION_S * 1000 });
}
