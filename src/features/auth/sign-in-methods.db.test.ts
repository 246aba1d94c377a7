import { expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { activityOf, PASSWORD, serveAccounts } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { softwareAuthenticator } from '#test/software-authenticator.ts';
import { totp } from '#test/totp.ts';

const files = testDatabase();
const public_url = 'http://localhost:8000';
const passkeys = '/api/auth/passkey';
const twoFactor = '/api/auth/two-factor';

/** Signed in, with a passkey and no password: as an account made by passkey is. */
async function withoutPassword() {
  const served = await serveAccounts(files, { public_url });
  const ada = await served.person();
  const one = await served.signedIn(ada);
  const add = async () => {
    const asked = await one.request('GET', `${passkeys}/generate-register-options`);
    const response = softwareAuthenticator(public_url).create(asked.json);
    return (await one.request('POST', `${passkeys}/verify-registration`, { response })).json.id as string;
  };
  const id = await add();
  await files.owner.query('delete from accounts where user_id = $1', [ada.id]);
  const methods = async () => (await one.request('GET', '/api/auth/methods')).json;
  return { ...served, ada, ...one, id, add, methods };
}

test('an account without a password is given its first one, once', async () => {
  const { ada, request, methods, browser } = await withoutPassword();
  const none = { password: false, two_factor: false, recovery_codes_left: 0, passkeys: 1 };
  expect(await methods()).toEqual(none);
  const noPassword = { status: 409, json: { code: 'auth.no_password' } };
  const change = { currentPassword: 'guess', newPassword: PASSWORD };
  expect(await request('POST', '/api/auth/change-password', change)).toMatchObject(noPassword);
  expect(await request('POST', `${twoFactor}/enable`, { password: 'guess' })).toMatchObject(noPassword);
  const weak = await request('POST', '/api/auth/set-password', { newPassword: 'password' });
  expect(weak).toMatchObject({ status: 422, json: { errors: [{ path: 'newPassword' }] } });
  const answers = await Promise.all(
    [PASSWORD, 'nine blue lanterns'].map(
      async (newPassword) => await request('POST', '/api/auth/set-password', { newPassword }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.json.code).toBe('auth.has_password');
  expect(await methods()).toEqual({ ...none, password: true });
  const newPassword = answers[0]?.status === 200 ? PASSWORD : 'nine blue lanterns';
  const signIn = { email: ada.email, password: newPassword };
  expect((await browser().request('POST', '/api/auth/sign-in/email', signIn)).status).toBe(200);
  const types = await activityOf(files, ada.id);
  expect(types.filter((type) => type === 'auth.password_set')).toHaveLength(1);
  expect(types).not.toContain('auth.sign_in_failed');
});

test('a first password is set by nobody who is not signed in, and by no API token', async () => {
  const { ada, request, browser } = await withoutPassword();
  const body = { newPassword: PASSWORD };
  expect((await browser().request('POST', '/api/auth/set-password', body)).status).toBe(401);
  const { token } = (await request('POST', '/api/tokens', { name: 'script' })).json;
  const script = browser({ authorization: `Bearer ${token}` });
  expect(await script.request('POST', '/api/auth/set-password', body)).toMatchObject({
    status: 403,
    json: { code: 'auth.session_required' },
  });
  expect(await script.request('GET', '/api/auth/methods')).toMatchObject({ status: 200 });
  expect((await files.owner.query('select from accounts where user_id = $1', [ada.id])).rowCount).toBe(0);
});

test('the last passkey stays while nothing else opens the account', async () => {
  const { request, id, add, methods } = await withoutPassword();
  const remove = async (one: string) => await request('POST', `${passkeys}/delete-passkey`, { id: one });
  const last = { status: 409, json: { code: 'auth.last_passkey' } };
  expect(await remove(id)).toMatchObject(last);
  expect(await remove(newId())).toMatchObject({ status: 404 });
  const other = await add();
  const both = await Promise.all([remove(id), remove(other)]);
  expect(both.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 409]);
  expect(await methods()).toMatchObject({ passkeys: 1 });
  await request('POST', '/api/auth/set-password', { newPassword: PASSWORD });
  const left = both[0]?.status === 409 ? id : other;
  expect((await remove(left)).status).toBe(200);
  expect(await methods()).toMatchObject({ password: true, passkeys: 0 });
});

test('recovery codes are counted as they are used and made anew', async () => {
  const served = await serveAccounts(files);
  const ada = await served.person();
  const { request } = await served.signedIn(ada);
  const methods = async () => (await request('GET', '/api/auth/methods')).json;
  const begun = await request('POST', `${twoFactor}/enable`, { password: PASSWORD });
  expect(begun.json.qr_svg).toMatch(/^<svg [^]*<\/svg>$/);
  // Not before the first code.
  expect(await methods()).toMatchObject({ two_factor: false, recovery_codes_left: 0 });
  await request('POST', `${twoFactor}/verify-totp`, { code: totp(begun.json.totpURI) });
  expect(await methods()).toMatchObject({ two_factor: true, recovery_codes_left: 10 });
  const again = await request('POST', `${twoFactor}/get-totp-uri`, { password: PASSWORD });
  expect(again.json).toEqual({ totpURI: begun.json.totpURI, qr_svg: begun.json.qr_svg });
  const other = served.browser();
  await other.request('POST', '/api/auth/sign-in/email', { email: ada.email, password: PASSWORD });
  const code = begun.json.backupCodes[0];
  expect((await other.request('POST', `${twoFactor}/verify-backup-code`, { code })).status).toBe(200);
  expect(await methods()).toMatchObject({ recovery_codes_left: 9 });
  await request('POST', `${twoFactor}/generate-backup-codes`, { password: PASSWORD });
  expect(await methods()).toMatchObject({ recovery_codes_left: 10 });
  await request('POST', `${twoFactor}/disable`, { password: PASSWORD });
  expect(await methods()).toEqual({ password: true, two_factor: false, recovery_codes_left: 0, passkeys: 0 });
});
