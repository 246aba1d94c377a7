import type { Database } from '#platform/db/index.ts';
import { countAttempt } from '#platform/http/attempts.ts';
import { route, type Route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import type { CreateUser } from '../new-account.ts';
import { setUp } from '../setup.ts';
import { signUp } from '../sign-up.ts';

export interface JoiningOptions {
  database: Database;
  createUser: CreateUser;
}

/** How an account is made without being invited. */
export function setupRoutes(options: JoiningOptions): Route[] {
  const { database } = options;
  return [
    route(
      {
        method: 'post',
        path: '/api/setup',
        tag: 'Setup',
        scope: null,
        summary: 'Make the first admin, once',
        description: 'With the token in the link that `./manage start` prints while there is no admin.',
        body: contract.setupRequest,
        responses: { 201: contract.newAccount },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'setup', address: request.address, account: body.email });
        return await setUp(options, body);
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/auth/sign-up/email',
        tag: 'Signing in',
        scope: null,
        summary: 'Make an account, where the setting `registration` is open',
        body: contract.signUpRequest,
        responses: { 200: contract.signUpAnswer },
      },
      async ({ body, request }) => {
        await countAttempt(database, { action: 'sign-up', address: request.address, account: body.email });
        return { token: null, user: await signUp(options, body) };
      },
    ),
  ];
}
