import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { activityOf, makeAccount, PASSWORD, serveAccounts } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { setRegistration } from '#test/joining.ts';
import { softwareAuthenticator, type Misdeeds } from '#test/software-authenticator.ts';
import { invite } from './invitations.ts';
import { createSetupToken, setupPasskeyOptions, setUp } from './setup.ts';

const files = testDatabase({ poolSize: 10 });
const public_url = 'http://localhost:8000';
const party = { id: 'localhost', origin: public_url };
const page = { 'sec-fetch-site': 'same-origin' };
const bad = { status: 422, json: { code: 'auth.bad_passkey', errors: [{ path: 'passkey' }] } };

beforeEach(async () => {
  await files.owner.query('delete from users');
  await files.owner.query('delete from account_links');
  await files.owner.query('delete from verifications');
  await setRegistration(files, 'invite');
});

const setupMeans = async () => ({ setup_token: await createSetupToken(files.database) });
const invitationMeans = async () => {
  const { id } = await createUser(files.database.system, { role: 'admin' });
  return {
    code: (await files.database.asSystem(async (tx) => await invite(tx, id, { role: 'member' }))).code,
  };
};

describe.each([
  ['setup', '/api/setup', '/api/setup/passkey-options', setupMeans],
  ['an invitation', '/api/invitations/accept', '/api/invitations/passkey-options', invitationMeans],
])('%s by passkey', (_, path, optionsPath, makeMeans) => {
  async function started() {
    const served = await serveAccounts(files, { public_url });
    const means = await makeMeans();
    const who = { email: `${newId()}@example.test`, name: 'Ada' };
    const authenticator = softwareAuthenticator(public_url);
    const one = served.browser(page);
    const options = async (other: object = {}) =>
      await one.request('POST', optionsPath, { ...means, ...who, ...other });
    const join = async (more: object) =>
      await one.request('POST', path, { ...means, ...who, timezone: 'UTC', ...more });
    const passkey = async (misdeeds: Misdeeds = {}) => authenticator.create((await options()).json, misdeeds);
    return { ...served, means, who, authenticator, one, options, join, passkey };
  }

  test('makes an account that the passkey opens, and no password', async () => {
    const { browser, who, authenticator, one, options, join } = await started();
    const asked = await options();
    expect(asked).toMatchObject({
      status: 200,
      json: {
        rp: { id: 'localhost' },
        user: { name: who.email, displayName: 'Ada' },
        authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
      },
    });
    const made = await join({ passkey: authenticator.create(asked.json), passkey_name: 'Key ring' });
    expect(made).toMatchObject({ status: 201, json: { email: who.email } });
    const { id } = made.json;
    expect(Buffer.from(asked.json.user.id, 'base64url').toString('hex')).toBe(id.replaceAll('-', ''));
    expect((await one.request('GET', '/api/auth/passkey/list-user-passkeys')).json).toMatchObject([
      { name: 'Key ring', userId: id },
    ]);
    expect((await one.request('GET', '/api/auth/methods')).json).toMatchObject({
      password: false,
      passkeys: 1,
    });
    const other = browser(page);
    const challenge = await other.request('GET', '/api/auth/passkey/generate-authenticate-options');
    const response = authenticator.get(challenge.json);
    expect(
      await other.request('POST', '/api/auth/passkey/verify-authentication', { response }),
    ).toMatchObject({ status: 200, json: { user: { id } } });
    expect(await activityOf(files, id)).toEqual(
      expect.arrayContaining(['user.created', 'auth.passkey_added', 'auth.signed_in']),
    );
    const signIn = { email: who.email, password: PASSWORD };
    expect((await browser().request('POST', '/api/auth/sign-in/email', signIn)).status).toBe(401);
  });

  test('takes exactly one of password and passkey', async () => {
    const { join, passkey } = await started();
    expect(await join({})).toMatchObject({ status: 422, json: { errors: [{ path: 'password' }] } });
    const both = await join({ password: PASSWORD, passkey: await passkey() });
    expect(both).toMatchObject({ status: 422, json: { errors: [{ path: 'passkey' }] } });
    expect((await join({ passkey: await passkey() })).status).toBe(201);
  });

  test.each<[string, Misdeeds]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another site', { rp_id: 'evil.example' }],
    ['that did not ask who its user is', { unverified: true }],
    ['for another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
    ['with certificates', { fmt: 'packed', certificate: true }],
  ])('refuses one %s; the link stays good', async (_name, misdeeds) => {
    const { join, passkey } = await started();
    const response = await passkey(misdeeds);
    expect(await join({ passkey: response })).toMatchObject(bad);
    // Its challenge is used up by the attempt, where it was ours.
    expect(await join({ passkey: response })).toMatchObject(bad);
    expect((await join({ passkey: await passkey() })).status).toBe(201);
  });

  test('binds the challenge to the link and the address, once, for five minutes', async () => {
    const { authenticator, options, join, passkey, who } = await started();
    const elsewhere = authenticator.create((await options({ email: 'other@example.test' })).json);
    expect(await join({ passkey: elsewhere })).toMatchObject(bad);
    const taken = await createUser(files.database.system);
    const response = authenticator.create((await options({ email: taken.email })).json);
    const conflict = { status: 409, json: { code: 'users.email_taken' } };
    expect(await join({ email: taken.email, passkey: response })).toMatchObject(conflict);
    expect(await join({ email: taken.email, passkey: response })).toMatchObject(bad);
    const late = await passkey();
    try {
      await files.moveClock(301_000);
      expect(await join({ passkey: late })).toMatchObject(bad);
    } finally {
      await files.moveClock(0);
    }
    const made = await join({ email: who.email.toUpperCase(), passkey: await passkey() });
    expect(made.status).toBe(201);
  });

  test('takes no challenge of another link', async () => {
    const { authenticator, options, join } = await started();
    const response = authenticator.create((await options()).json);
    expect(await join({ ...(await makeMeans()), passkey: response })).toMatchObject(bad);
  });

  test('asks for a name where it is opened by an address', async () => {
    const { browser } = await serveAccounts(files);
    const means = await makeMeans();
    const asked = await browser(page).request('POST', optionsPath, {
      ...means,
      email: 'a@example.test',
      name: 'A',
    });
    expect(asked).toMatchObject({ status: 409, json: { code: 'auth.passkey_needs_name' } });
    expect(asked.json.detail).toContain('localhost');
  });

  test('gives options to whoever has a good link alone, ten times a minute', async () => {
    const { browser, who } = await started();
    const one = browser();
    const guess = path === '/api/setup' ? { setup_token: 'fam_setup_guess' } : { code: 'fam_invite_guess' };
    const ask = async () => (await one.request('POST', optionsPath, { ...guess, ...who })).status;
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) statuses.push(await ask());
    expect(statuses).toEqual([...Array<number>(10).fill(403), 429]);
    expect((await files.owner.query('select from verifications')).rowCount).toBe(0);
  });
});

test('of twenty setups by passkey at once, one makes an admin', async () => {
  const setup_token = (await createSetupToken(files.database))!;
  const joiner = { request: { headers: new Headers(), address: undefined }, session_token: undefined };
  const ready = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const who = { setup_token, email: `${index}@example.test`, name: 'Owner' };
      const options = await setupPasskeyOptions(files.database, party, who);
      const passkey = softwareAuthenticator(public_url).create(options);
      return { ...who, timezone: 'UTC', passkey: { ...passkey, type: 'public-key' as const } };
    }),
  );
  const parts = { database: files.database, createUser: makeAccount };
  const outcomes = await Promise.allSettled(
    ready.map(async (input) => await setUp(parts, { joiner, party: () => party }, input)),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  for (const error of refused) expect(error).toMatchObject({ code: 'setup.done' });
  const { rows } = await files.owner.query('select role, (select count(*) from passkeys) as keys from users');
  expect(rows).toEqual([{ role: 'admin', keys: 1 }]);
});
