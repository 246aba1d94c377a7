import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { route, type Route } from '#platform/http/route.ts';
import { BROWSER_SESSION_S } from '../browser-session.ts';
import { inSession } from '../confirm.ts';
import type { Browsers } from '../library/index.ts';
import { CHALLENGE_MS } from '../passkeys/challenges.ts';
import * as contract from '../passkeys/contract.ts';
import { registerPasskey, registrationOptionsFor } from '../passkeys/register.ts';
import { relyingPartyOf } from '../passkeys/relying-party.ts';
import { listPasskeys, removePasskey, renamePasskey } from '../passkeys/service.ts';
import { authenticationOptionsFor, signInByPasskey } from '../passkeys/sign-in.ts';
import type { PasskeyRow } from '../queries/passkeys.ts';

const tag = 'Passkeys';
const base = '/api/auth/passkey';

function shown(row: PasskeyRow): z.output<typeof contract.passkey> {
  return {
    id: row.id,
    name: row.name,
    userId: row.user_id,
    credentialID: row.credential_id,
    publicKey: row.public_key.toString('base64'),
    counter: row.counter,
    deviceType: row.device_type,
    backedUp: row.is_backed_up,
    transports: row.transports.join(','),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}

function withCookie(body: unknown, cookie: string): Response {
  return Response.json(body, { headers: { 'set-cookie': cookie } });
}

/** At the paths and in the words of the auth library's passkey plugin. */
export function passkeyRoutes(database: Database, { cookies, public_url }: Browsers): Route[] {
  return [
    route(
      {
        method: 'get',
        path: `${base}/generate-register-options`,
        tag,
        scope: 'settings:write',
        summary: 'What a browser needs to make a passkey for you',
        query: z.strictObject({
          authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
          name: contract.passkeyName.optional(),
        }),
        responses: { 200: contract.registrationOptions },
      },
      async ({ caller, query: { authenticatorAttachment }, request }) =>
        Response.json(
          await registrationOptionsFor(
            database,
            inSession(caller),
            relyingPartyOf(request, public_url),
            authenticatorAttachment,
          ),
        ),
    ),
    route(
      {
        method: 'post',
        path: `${base}/verify-registration`,
        tag,
        scope: 'settings:write',
        summary: 'Keep the passkey that the browser has made',
        body: z.strictObject({
          response: contract.registrationResponse,
          name: contract.passkeyName.optional(),
        }),
        responses: { 200: contract.passkey },
      },
      async ({ caller, body: { response, name }, request }) => {
        const asked = { session: inSession(caller), request, party: relyingPartyOf(request, public_url) };
        return shown(await registerPasskey(database, asked, { response, name }));
      },
    ),
    route(
      {
        method: 'get',
        path: `${base}/generate-authenticate-options`,
        tag,
        scope: null,
        summary: 'What a browser needs to sign in by a passkey, whoever’s it is',
        responses: { 200: contract.authenticationOptions },
      },
      async ({ request }) => {
        const browser = randomBytes(32).toString('base64url');
        const party = relyingPartyOf(request, public_url);
        const options = await authenticationOptionsFor(database, browser, party);
        return withCookie(options, await cookies.set('passkey', browser, CHALLENGE_MS / 1000));
      },
    ),
    route(
      {
        method: 'post',
        path: `${base}/verify-authentication`,
        tag,
        scope: null,
        summary: 'Sign this browser in by the passkey it has asked',
        body: z.strictObject({ response: contract.authenticationResponse }),
        responses: { 200: contract.passkeySignIn },
      },
      async ({ body: { response }, request }) => {
        const browser = await cookies.read(request.headers, 'passkey');
        const party = relyingPartyOf(request, public_url);
        const { token, session, user } = await signInByPasskey(
          database,
          { request, browser, party },
          response,
        );
        return withCookie({ session, user }, await cookies.set('session_token', token, BROWSER_SESSION_S));
      },
    ),
    route(
      {
        method: 'get',
        path: `${base}/list-user-passkeys`,
        tag,
        scope: 'settings:read',
        summary: 'Your passkeys, newest first',
        responses: { 200: z.array(contract.passkey) },
      },
      async ({ caller: { user_id } }) =>
        (await database.asUser(user_id, async (tx) => await listPasskeys(tx, user_id))).map(shown),
    ),
    route(
      {
        method: 'post',
        path: `${base}/update-passkey`,
        tag,
        scope: 'settings:write',
        summary: 'Give a passkey another name',
        body: z.strictObject({ id, name: contract.passkeyName }),
        responses: { 200: z.strictObject({ passkey: contract.passkey }) },
      },
      async ({ caller, body }) => {
        const { user_id } = inSession(caller);
        const renamed = await database.asUser(
          user_id,
          async (tx) => await renamePasskey(tx, user_id, body.id, body.name),
        );
        return { passkey: shown(renamed) };
      },
    ),
    route(
      {
        method: 'post',
        path: `${base}/delete-passkey`,
        tag,
        scope: 'settings:write',
        summary: 'Remove a passkey: it signs nobody in any more',
        body: z.strictObject({ id }),
        responses: { 200: z.strictObject({ status: z.literal(true) }) },
      },
      async ({ caller, body }) => {
        const { user_id } = inSession(caller);
        await database.asSystem(async (tx) => await removePasskey(tx, user_id, body.id));
        return { status: true as const };
      },
    ),
  ];
}
