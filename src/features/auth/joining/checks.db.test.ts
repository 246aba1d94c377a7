import { beforeEach, describe, expect, test } from 'vitest';

import { serveAccounts } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { setPasswordHash } from '../passwords.ts';
import { createUser } from '#test/factories.ts';
import { setRegistration } from '#test/joining.ts';
import { invite } from './invitations.ts';
import { createResetToken } from './resets.ts';
import { createSetupToken } from './setup.ts';

const files = testDatabase();
const WEEK_MS = 7 * 86_400_000;
const password = 'seven green lanterns';
const instant = expect.stringMatching(/^20\d\d-.*Z$/) as string;

beforeEach(async () => {
  await files.owner.query('delete from users');
  await files.owner.query('delete from account_links');
  await setRegistration(files, 'invite');
});

async function asking() {
  const { browser, ...served } = await serveAccounts(files);
  const { request } = browser();
  return {
    ...served,
    post: async (path: string, body: object) => await request('POST', path, body),
    request,
  };
}

test('a setup link is good until it is used, replaced or over', async () => {
  const { post } = await asking();
  const check = async (setup_token: string) => await post('/api/setup/check', { setup_token });
  const first = (await createSetupToken(files.database))!;
  expect(await check(first)).toMatchObject({ status: 200, json: { expires_at: instant } });
  const last = (await createSetupToken(files.database))!;
  const bad = { status: 403, json: { code: 'setup.bad_token' } };
  expect(await check(first)).toMatchObject(bad);
  try {
    await files.moveClock(WEEK_MS);
    expect(await check(last)).toMatchObject(bad);
  } finally {
    await files.moveClock(0);
  }
  // Asking uses nothing up.
  expect((await check(last)).status).toBe(200);
  const owner = { email: 'owner@example.test', name: 'Owner', password, timezone: 'UTC' };
  expect((await post('/api/setup', { setup_token: last, ...owner })).status).toBe(201);
  expect(await check(last)).toMatchObject({ status: 409, json: { code: 'setup.done' } });
});

test('an invitation tells what it is for until it is used, or nobody may join', async () => {
  const { post } = await asking();
  const { id } = await createUser(files.database.system, { role: 'admin' });
  const check = async (code: string) => await post('/api/invitations/check', { code });
  const make = async (input: Parameters<typeof invite>[2]) =>
    (await files.database.asSystem(async (tx) => await invite(tx, id, input))).code;
  const named = await make({ role: 'admin', email: 'ada@example.test' });
  expect(await check(named)).toMatchObject({ status: 200 });
  expect((await check(named)).json).toEqual({
    email: 'ada@example.test',
    role: 'admin',
    expires_at: instant,
  });
  const code = await make({ role: 'member' });
  expect((await check(code)).json).toMatchObject({ email: null, role: 'member' });
  await setRegistration(files, 'closed');
  expect(await check(code)).toMatchObject({ status: 403, json: { code: 'auth.registration_closed' } });
  await setRegistration(files, 'invite');
  const guest = { code: named, name: 'Ada', password, timezone: 'UTC' };
  expect((await post('/api/invitations/accept', guest)).status).toBe(201);
  const bad = { status: 403, json: { code: 'invitations.bad_code' } };
  for (const one of [named, 'fam_invite_guess']) expect(await check(one)).toMatchObject(bad);
});

test('a reset link tells whose it is until it is used', async () => {
  const { post } = await asking();
  const { id, email } = await createUser(files.database.system);
  const { token } = await files.database.asSystem(
    async (tx) => await createResetToken(tx, { user_id: id, by: null }),
  );
  const check = async (one: string) => await post('/api/auth/reset-password/check', { token: one });
  expect((await check(token)).json).toEqual({ email, expires_at: instant });
  const reset = await post('/api/auth/reset-password', { token, newPassword: password });
  expect(reset.status).toBe(200);
  const bad = { status: 403, json: { code: 'auth.bad_reset_token' } };
  for (const one of [token, 'fam_reset_guess']) expect(await check(one)).toMatchObject(bad);
});

test.each([
  ['/api/setup/check', { setup_token: 'fam_setup_guess' }],
  ['/api/invitations/check', { code: 'fam_invite_guess' }],
  ['/api/auth/reset-password/check', { token: 'fam_reset_guess' }],
])('%s takes ten attempts a minute', async (path, body) => {
  const { post } = await asking();
  const statuses: number[] = [];
  for (let count = 0; count < 11; count += 1) statuses.push((await post(path, body)).status);
  expect(statuses).toEqual([...Array<number>(10).fill(403), 429]);
});

describe('GET /api/auth/options', () => {
  test('says whether setup is needed and who may join', async () => {
    const { request } = await asking();
    const options = async () => (await request('GET', '/api/auth/options')).json;
    expect(await options()).toEqual({ setup_needed: true, registration: 'invite', passkeys: false });
    await createUser(files.database.system);
    expect(await options()).toMatchObject({ setup_needed: true });
    const member = await createUser(files.database.system);
    await files.database.asSystem(async (tx) => await setPasswordHash(tx, member.id, 'a hash'));
    expect(await options()).toMatchObject({ setup_needed: false });
    await files.owner.query('delete from users where id = $1', [member.id]);
    expect(await options()).toMatchObject({ setup_needed: true });
    await createUser(files.database.system, { role: 'admin' });
    for (const registration of ['closed', 'open'] as const) {
      await setRegistration(files, registration);
      expect(await options()).toEqual({ setup_needed: false, registration, passkeys: false });
    }
  });

  test.each([
    ['http://localhost:8000', true],
    ['https://famulus.example', true],
    ['http://famulus.example', false],
    ['https://192.0.2.7', false],
    ['https://[2001:db8::7]', false],
  ])('says whether %s can have passkeys: %s', async (public_url, passkeys) => {
    const { browser } = await serveAccounts(files, { public_url });
    expect((await browser().request('GET', '/api/auth/options')).json).toMatchObject({ passkeys });
  });
});
