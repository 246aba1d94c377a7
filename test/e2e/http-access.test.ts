import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { userScopes } from '#features/auth/index.ts';
import { expectLetThrough, expectProblem, NOBODYS_ID, request } from '#test/http-requests.ts';
import { operationsOf, readOpenApi, scopesOf, type Operation } from '#test/open-api.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { signIn } from '#test/sign-in.ts';

/*
 * Who may call what: every operation of the document, without credentials, with each scope alone, with all of them.
 * Whose things one gets is asked in `tenants.test.ts`.
 */

const account = { email: 'root@example.test', password: randomBytes(12).toString('hex') };

let famulus: Program;
let token: string;
let operations: Operation[];

beforeAll(async () => {
  famulus = await startProgram({ env: { RATE_LIMIT_API: 'off' } });
  token = (await createUserAndToken(famulus, { ...account, admin: true })).token;
  operations = operationsOf(await readOpenApi(famulus));
});
afterAll(async () => {
  await famulus.remove();
});

/** Where somebody who is nobody yet has something to do. */
const open = /^\/api\/(?:auth|setup|invitations|openapi\.json)(?:\/|$)/;

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

async function call({ method, path }: Operation, credentials?: string) {
  const url = famulus.url + path.replaceAll(/\{\w+\}/g, NOBODYS_ID);
  return await request(url, { method, ...(credentials !== undefined && { token: credentials }) });
}

async function tokenFor(scope: string): Promise<string> {
  const email = `${scope.replace(':', '-')}@example.test`;
  return (await createUserAndToken(famulus, { email, admin: true, scopes: [scope] })).token;
}

test('what is open to everyone is about becoming someone', () => {
  const all = operations.filter(({ scope }) => scope === undefined);
  expect(all.filter(({ path }) => !open.test(path)).map(nameOf)).toEqual([]);
});

test('nothing else answers without credentials, or with ones that are none', async () => {
  const closed = operations.filter(({ scope }) => scope !== undefined);
  expect(closed.length).toBeGreaterThan(50);
  for (const operation of closed) {
    for (const credentials of [undefined, 'fam_nobodys', `${token}x`, 'a b', 'eyJhbGciOiJub25lIn0.e30.']) {
      const answer = await call(operation, credentials);
      expectProblem(answer, 401, `${nameOf(operation)} with "${credentials}"`);
    }
  }
});

/** For these an API token does not do. */
const SIGNED_IN = 'auth.session_required';

test('a token opens what its scope names, and nothing else', async () => {
  const scopes = scopesOf(operations);
  expect(scopes.length).toBeGreaterThan(5);
  for (const scope of [...scopes, ...userScopes.filter((one) => !scopes.includes(one)).slice(0, 1)]) {
    const scoped = await tokenFor(scope);
    for (const operation of operations.filter((one) => one.scope !== undefined)) {
      const answer = await call(operation, scoped);
      const about = `${nameOf(operation)} with ${scope}: ${JSON.stringify(answer.problem)}`;
      const isOpened = [scope, 'any'].includes(operation.scope!) || operation.widerScope === scope;
      const refused = answer.status === 403 && answer.problem?.code !== SIGNED_IN;
      expect(refused, about).toBe(!isOpened);
      expect([401, 500], about).not.toContain(answer.status);
    }
  }
});

test("somebody who has signed in may do all that is theirs, an admin also what is an admin's", async () => {
  const signedIn = await signIn(famulus, account);
  // Ends the session, so it comes last.
  const order = ({ method, path }: Operation) => Number(method === 'DELETE' && path === '/api/sessions');
  for (const operation of operations.toSorted((one, other) => order(one) - order(other))) {
    if (operation.scope === undefined) continue;
    expectLetThrough(await call(operation, signedIn), nameOf(operation));
  }
});

test('nothing of all this was an error of ours', () => {
  const lines = famulus.output().stderr.split('\n');
  expect(lines.filter((line) => /"level":"(?:error|fatal)"/.test(line))).toEqual([]);
});
