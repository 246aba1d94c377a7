import type { Database } from '#platform/db/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { route, type Route } from '#platform/http/route.ts';
import type { Browsers } from '../../library/index.ts';
import { registrationOptions } from '../../passkeys/contract.ts';
import { relyingPartyOf } from '../../passkeys/relying-party.ts';
import * as contract from '../contract.ts';
import type { CreateUser } from '../new-account.ts';
import { checkSetupToken, setupPasskeyOptions, setUp } from '../setup.ts';
import { signUp } from '../sign-up.ts';
import { joined, joinerOf } from './joiner.ts';

export interface JoiningOptions {
  database: Database;
  browsers: Browsers;
  createUser: CreateUser;
}

const cookieForPages = 'A page of ours gets the session cookie with the answer.';

/** How an account is made without being invited. */
export function setupRoutes(options: JoiningOptions): Route[] {
  const { database, browsers } = options;
  return [
    route(
      {
        method: 'post',
        path: '/api/setup',
        tag: 'Setup',
        scope: null,
        summary: 'Make the first admin, once',
        description: `With the token in the link that \`./manage start\` prints while there is no admin. ${cookieForPages}`,
        body: contract.setupRequest,
        responses: { 201: contract.newAccount },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'setup', address: request.address, account: body.email });
        const who = joinerOf(request, browsers);
        return await joined(201, await setUp(options, who, body), who.joiner, browsers);
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/setup/check',
        tag: 'Setup',
        scope: null,
        summary: 'Whether a setup link can still be used',
        body: contract.setupCheck,
        responses: { 200: contract.openSetup },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'setup-check', address: request.address });
        const { expires_at } = await checkSetupToken(database, body.setup_token);
        return { expires_at };
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/setup/passkey-options',
        tag: 'Setup',
        scope: null,
        summary: 'What a browser needs to make the first admin’s passkey',
        description: 'For the same address in `POST /api/setup`, once, within five minutes.',
        body: contract.setupPasskeyRequest,
        responses: { 200: registrationOptions },
      },
      async ({ body, request }) => {
        const { address } = request;
        await countAttempt(database, { action: 'setup-passkey', address, account: body.email });
        const party = relyingPartyOf(request, browsers.public_url);
        return Response.json(await setupPasskeyOptions(database, party, body));
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/auth/sign-up/email',
        tag: 'Signing in',
        scope: null,
        summary: 'Make an account, where the setting `registration` is open',
        description: cookieForPages,
        body: contract.signUpRequest,
        responses: { 200: contract.signUpAnswer },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'sign-up', address: request.address, account: body.email });
        const { joiner } = joinerOf(request, browsers);
        const answer = { token: null, user: await signUp(options, joiner, body) };
        return await joined(200, answer, joiner, browsers);
      },
    ),
  ];
}
