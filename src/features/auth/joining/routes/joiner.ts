import { Answer, type RequestInfo } from '#platform/http/route.ts';
import { BROWSER_SESSION_S, isOwnPage, newSessionToken } from '../../browser-session.ts';
import type { Browsers } from '../../library/index.ts';
import { relyingPartyOf, type RelyingParty } from '../../passkeys/relying-party.ts';
import type { Joiner } from '../new-account.ts';

/** Who makes an account, and whom their passkey would be for. */
export function joinerOf(
  request: RequestInfo,
  { public_url }: Browsers,
): { joiner: Joiner; party: () => RelyingParty } {
  const session_token = isOwnPage(request, public_url) ? newSessionToken() : undefined;
  return { joiner: { request, session_token }, party: () => relyingPartyOf(request, public_url) };
}

/** The answer about an account that was made: a browser is signed in with it. */
export async function joined<T>(
  status: number,
  body: T,
  { session_token }: Joiner,
  { cookies }: Browsers,
): Promise<Answer<T>> {
  if (session_token === undefined) return new Answer(status, body);
  const cookie = await cookies.set('session_token', session_token, BROWSER_SESSION_S);
  return new Answer(status, body, { 'set-cookie': cookie });
}
