import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createByCommand } from '#test/account-by-command.ts';
import { createClient, type Client, type Reply } from '#test/client.ts';
import type { Problem } from '#test/http-requests.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { until } from '#test/until.ts';

/** What is revoked opens nothing any more after this long at the latest. */
const REVOKED_WITHIN_MS = 5_000;
const password = 'seven green lanterns';

interface Pair {
  access_token: string;
  refresh_token: string;
}

let famulus: Program;
let admin: Client;
let count = 0;

/** As nobody, from an address nothing came from before: attempts are counted by it. */
async function post<T = Problem>(
  path: string,
  body: object,
  at: { url: string } = famulus,
): Promise<Reply<T>> {
  count += 1;
  const address = `192.0.2.${count % 250}`;
  const response = await fetch(at.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
  };
}

const as = (token: string) => createClient(famulus, { token });

async function signIn(email: string, secret = password): Promise<Pair> {
  const answer = await post<Pair>('/api/auth/token', { email, password: secret });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

/** Somebody who was invited, and their id. */
async function newMember(): Promise<{ id: string; email: string }> {
  count += 1;
  const email = `member-${count}@example.test`;
  const { code } = (await admin.post<{ code: string }>('/api/invitations', { email })).body;
  const account = { code, email, name: 'Member', password, timezone: 'UTC' };
  const accepted = await post<{ id: string }>('/api/invitations/accept', account);
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(201);
  return { id: accepted.body.id, email };
}

async function refusedWithin(token: string, act: () => Promise<unknown>): Promise<number> {
  const client = as(token);
  expect((await client.get('/api/me')).status).toBe(200);
  await act();
  const begun = performance.now();
  await until('401', async () => (await client.get('/api/me')).status === 401, REVOKED_WITHIN_MS);
  return performance.now() - begun;
}

/** The token of the setup link that the program has printed. */
async function setupTokenOf({ output }: Program): Promise<string> {
  return await until('a setup link', () => /\/setup#token=(\S+)/.exec(output().stdout)?.[1]);
}

const owner = { email: 'owner@example.test', name: 'Owner', password, timezone: 'Europe/Berlin' };

beforeAll(async () => {
  famulus = await startProgram({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  const setup_token = await setupTokenOf(famulus);
  const made = await post('/api/setup', { setup_token, ...owner });
  if (made.status !== 201) throw new Error(`setup: ${JSON.stringify(made.body)}`);
  admin = as((await signIn(owner.email)).access_token);
});
afterAll(async () => {
  await famulus.remove();
});

describe('setup', () => {
  test('is done once', async () => {
    const setup_token = await setupTokenOf(famulus);
    const again = await post('/api/setup', { setup_token, ...owner, email: 'other@example.test' });
    expect(again).toMatchObject({ status: 409, body: { code: 'setup.done' } });
    expect((await admin.get('/api/me')).body).toMatchObject({ email: owner.email, role: 'admin' });
  });

  test('is all that answers where others can reach it, until there is an admin, event streams included', async () => {
    await using open = await startProgram({
      env: { HOST: '0.0.0.0', SECRET_KEY: 'k'.repeat(40), TRUSTED_PROXIES: '127.0.0.1' },
    });
    const member = await createUserAndToken(open);
    const client = createClient(open, member);
    const required = { status: 503, body: { code: 'setup.required' } };
    for (const path of [
      '/api/me',
      '/api/events',
      '/api/openapi.json',
      '/api/auth/jwks',
      '/metrics',
      '/nothing',
    ])
      expect(await client.get(path), path).toMatchObject(required);
    expect(await post('/api/auth/token', { email: member.email, password }, open)).toMatchObject(required);
    expect((await client.get('/healthz')).status).toBe(200);
    expect((await client.get('/readyz')).status).toBe(200);
    expect((await client.get('/api/auth/options')).body).toMatchObject({ setup_needed: true });
    // The page that sets up, with all it is drawn with; no other page, and nothing through its folder.
    const page = await fetch(`${open.url}/setup`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const drawn = [...(await page.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file!);
    expect(drawn.some((file) => file.startsWith('/assets/'))).toBe(true);
    for (const file of [...drawn, '/icon.svg', '/manifest.webmanifest', '/color-scheme.js'])
      expect((await fetch(open.url + file)).status, file).toBe(200);
    for (const path of ['/', '/sign-in', '/chat', '/admin/users', '/setup/x', '/index.html', '/api/docs'])
      expect(await client.get(path), path).toMatchObject(required);
    for (const path of ['/assets/..%2f..%2fapi%2fme', '/assets/no-such.js'])
      expect((await client.get(path)).status, path).toBe(404);
    const person = { setup_token: 'fam_setup_guess', email: 'a@example.test', name: 'A' };
    expect((await post('/api/setup/passkey-options', person, open)).body).not.toMatchObject(required.body);
    const wrong = await post('/api/setup', { setup_token: 'fam_setup_guess', ...owner }, open);
    expect(wrong).toMatchObject({ status: 403, body: { code: 'setup.bad_token' } });
    const setup_token = await setupTokenOf(open);
    expect((await post('/api/setup/check', { setup_token }, open)).status).toBe(200);
    expect((await post('/api/setup', { setup_token, ...owner }, open)).status).toBe(201);
    expect((await client.get('/api/me')).status).toBe(200);
    await (await client.events()).close();
    await open.stop();
    await using again = await startProgram({
      dataDir: open.dataDir,
      env: { HOST: '0.0.0.0', SECRET_KEY: 'k'.repeat(40) },
    });
    expect((await createClient(again, member).get('/api/me')).status).toBe(200);
    expect(again.output().stdout).not.toContain('/setup#');
  });

  test('opens that door also where an admin is made by a command', async () => {
    await using open = await startProgram({ env: { HOST: '0.0.0.0', SECRET_KEY: 'k'.repeat(40) } });
    const { token } = await createByCommand(open, { admin: true });
    await until(
      '200',
      async () => (await createClient(open, { token }).get('/api/me')).status === 200,
      2_000,
    );
  });

  test('starts nothing in public without SECRET_KEY', async () => {
    await expect(startProgram({ env: { HOST: '0.0.0.0' } })).rejects.toThrow('SECRET_KEY');
  });

  test('on loopback tokens work without an admin', async () => {
    await using alone = await startProgram();
    const { token } = await createUserAndToken(alone);
    expect((await createClient(alone, { token }).get('/api/me')).status).toBe(200);
  });
});

describe('an access token', () => {
  test('that is not as we make them opens nothing', async () => {
    const { access_token } = await signIn(owner.email);
    expect((await as(access_token).get('/api/me')).status).toBe(200);
    const [header, claims, signature] = access_token.split('.') as [string, string, string];
    const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { keys } = (await admin.get<{ keys: { x: string; kid: string }[] }>('/api/auth/jwks')).body;
    const confused = `${encoded({ ...decoded(header), alg: 'HS256' })}.${claims}`;
    const forged = [
      `${encoded({ ...decoded(header), alg: 'none' })}.${claims}.`,
      `${encoded({ ...decoded(header), alg: 'none' })}.${claims}.${signature}`,
      ...[Buffer.from(keys[0]!.x, 'base64url'), keys[0]!.x, JSON.stringify(keys[0])].map(
        (secret) => `${confused}.${createHmac('sha256', secret).update(confused).digest('base64url')}`,
      ),
      `${header}.${encoded({ ...decoded(claims), exp: 4_000_000_000 })}.${signature}`,
      `${header}.${encoded({ ...decoded(claims), sub: '01a1fc86-0000-7000-8000-000000000000' })}.${signature}`,
      `${encoded({ ...decoded(header), kid: '01a1fc86-0000-7000-8000-000000000000' })}.${claims}.${signature}`,
      `${header}.${claims}.`,
      `${header}.${claims}`,
    ];
    for (const token of forged) expect((await as(token).get('/api/me')).status, token).toBe(401);
  });

  test('holds for ten minutes at most', async () => {
    const { access_token } = await signIn(owner.email);
    const { iat, exp } = JSON.parse(Buffer.from(access_token.split('.')[1]!, 'base64url').toString()) as {
      iat: number;
      exp: number;
    };
    expect(exp - iat).toBeLessThanOrEqual(600);
    expect(exp).toBeGreaterThan(Date.now() / 1_000);
  });
});

test('fifty refreshes with one token have one winner, and then the session is over', async () => {
  const { email } = await newMember();
  const { access_token, refresh_token } = await signIn(email);
  const answers = await Promise.all(
    Array.from({ length: 50 }, async () => await post<Pair>('/api/auth/refresh', { refresh_token })),
  );
  const [won, ...others] = answers.filter(({ status }) => status === 200);
  expect(others).toEqual([]);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(49);
  const next = won!.body;
  for (const token of [access_token, next.access_token])
    await until('401', async () => (await as(token).get('/api/me')).status === 401, REVOKED_WITHIN_MS);
  expect((await post('/api/auth/refresh', { refresh_token: next.refresh_token })).status).toBe(401);
  const later = as((await signIn(email)).access_token);
  const warnings = await later.get<{ items: { type: string }[] }>('/api/activity?level=warning');
  expect(warnings.body.items.map(({ type }) => type)).toEqual(['auth.session_ended']);
});

describe('what is revoked opens nothing any more', () => {
  test('an API token', async () => {
    const { email } = await newMember();
    const client = as((await signIn(email)).access_token);
    const made = await client.post<{ id: string; token: string }>('/api/tokens', { name: 'script' });
    expect(made.status).toBe(201);
    const { id, token } = made.body;
    await refusedWithin(token, async () => await client.delete(`/api/tokens/${id}`));
    const stream = await client.events();
    await stream.close();
  });

  test('a session', async () => {
    const { email } = await newMember();
    const [here, there] = [await signIn(email), await signIn(email)];
    const client = as(here.access_token);
    const sid = (
      JSON.parse(Buffer.from(there.access_token.split('.')[1]!, 'base64url').toString()) as { sid: string }
    ).sid;
    await refusedWithin(there.access_token, async () => await client.delete(`/api/sessions/${sid}`));
    expect((await post('/api/auth/refresh', { refresh_token: there.refresh_token })).status).toBe(401);
    expect((await client.get('/api/me')).status).toBe(200);
    await refusedWithin(here.access_token, async () => await client.post('/api/auth/logout'));
  });

  test('an account, by whatever opened it, and the streams that are open', async () => {
    const { id, email } = await newMember();
    const { access_token, refresh_token } = await signIn(email);
    const { token } = (await as(access_token).post<{ token: string }>('/api/tokens', { name: 'x' })).body;
    const streams = [await as(token).events(), await as(access_token).events()];
    await refusedWithin(token, async () => {
      expect((await admin.patch(`/api/users/${id}`, { is_active: false })).status).toBe(200);
    });
    await until('401', async () => (await as(access_token).get('/api/me')).status === 401, REVOKED_WITHIN_MS);
    expect((await post('/api/auth/refresh', { refresh_token })).status).toBe(401);
    expect((await post('/api/auth/token', { email, password })).status).toBe(401);
    for (const { ended } of streams) expect(await ended).toBe(true);
  });
});

test('nobody gives a token more than they have', async () => {
  const { email } = await newMember();
  const member = as((await signIn(email)).access_token);
  const scopesOf = async (client: Client, scopes: string[]) =>
    (await client.post('/api/tokens', { name: 'x', scopes })).status;
  for (const client of [member, admin]) {
    expect(await scopesOf(client, ['reminders:read'])).toBe(201);
    for (const scope of ['system:admin', 'system:read', 'system:reminders'])
      expect(await scopesOf(client, [scope]), scope).toBe(422);
  }
  const narrow = await member.post<{ token: string }>('/api/tokens', {
    name: 'n',
    scopes: ['settings:write'],
  });
  expect(await scopesOf(as(narrow.body.token), ['settings:write'])).toBe(201);
  expect(await scopesOf(as(narrow.body.token), ['reminders:read'])).toBe(422);
  const whole = await admin.post<{ token: string; scopes: string[] }>('/api/tokens', { name: 'all of mine' });
  expect(whole.body.scopes.filter((scope) => scope.startsWith('system:'))).toEqual([]);
  expect((await as(whole.body.token).get('/api/users')).status).toBe(403);
  expect((await admin.get('/api/users')).status).toBe(200);
  expect((await member.get('/api/users')).status).toBe(403);
});

test('an invitation is good for one account', async () => {
  const { code, url } = (await admin.post<{ code: string; url: string }>('/api/invitations', {})).body;
  expect(url).toBe(`${famulus.url}/invite#code=${code}`);
  const account = { code, name: 'Guest', password, timezone: 'UTC' };
  const accept = async (email: string) =>
    (await post('/api/invitations/accept', { ...account, email })).status;
  const statuses = await Promise.all(
    ['one', 'two', 'three'].map(async (name) => await accept(`${name}@example.test`)),
  );
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(await accept('four@example.test')).toBe(403);
});

test('accounts are made by whom the setting says', async () => {
  const register = async (email: string) =>
    (await post('/api/auth/sign-up/email', { email, password, name: 'New' })).status;
  expect(await register('new@example.test')).toBe(403);
  expect((await admin.patch('/api/settings', { registration: 'open' })).status).toBe(200);
  expect(await register('new@example.test')).toBe(200);
  expect((await as((await signIn('new@example.test')).access_token).get('/api/me')).body).toMatchObject({
    role: 'member',
  });
  await admin.patch('/api/settings', { registration: 'closed' });
  expect(await register('newer@example.test')).toBe(403);
  await admin.patch('/api/settings', { registration: 'invite' });
});

test('a forgotten password is set anew by a link, of an admin or of the person at the machine', async () => {
  const { id, email } = await newMember();
  const { access_token } = await signIn(email);
  const made = await admin.post<{ url: string }>(`/api/users/${id}/reset-link`);
  expect(made.status).toBe(201);
  const printed = await famulus.run(['user', 'reset-link', '--email', email]);
  expect(printed.code).toBe(0);
  const url = printed.stdout.trimEnd();
  expect(url.startsWith(`${famulus.url}/reset#token=`)).toBe(true);
  const reset = async (link: string, newPassword: string) =>
    (await post('/api/auth/reset-password', { token: link.split('token=')[1]!, newPassword })).status;
  // The later link has replaced it.
  expect(await reset(made.body.url, 'nine blue lanterns')).toBe(403);
  expect(await reset(url, 'nine blue lanterns')).toBe(200);
  expect(await reset(url, 'ten red lanterns')).toBe(403);
  await until('401', async () => (await as(access_token).get('/api/me')).status === 401, REVOKED_WITHIN_MS);
  expect((await post('/api/auth/token', { email, password })).status).toBe(401);
  await signIn(email, 'nine blue lanterns');
});

test('the use of a scope of the system is in the log, and no credential is', async () => {
  await admin.get('/api/users');
  const { stderr } = famulus.output();
  expect(stderr).toMatch(/"scope":"system:admin","route":"GET \/api\/users".*"a system scope was used"/);
  expect(stderr).not.toMatch(/fam_[a-z]|eyJ/);
  expect(stderr).not.toMatch(/"level":"(error|fatal)"/);
});
