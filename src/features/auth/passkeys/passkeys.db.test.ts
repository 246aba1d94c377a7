import * as webauthn from '@simplewebauthn/server';
import { describe, expect, test, vi } from 'vitest';
import { activityOf, serveAccounts } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { softwareAuthenticator, type Misdeeds } from '#test/software-authenticator.ts';

vi.mock('@simplewebauthn/server', { spy: true });

const files = testDatabase();
const base = '/api/auth/passkey';
const bad = { status: 401, json: { code: 'auth.bad_passkey' } };

/** Browsers make no passkeys for an address. */
const public_url = 'http://localhost:8000';

async function started() {
  const served = await serveAccounts(files, { public_url });
  const ada = await served.person();
  const first = await served.signedIn(ada);
  const authenticator = softwareAuthenticator(public_url);
  const options = async () => (await first.request('GET', `${base}/generate-register-options`)).json;
  const register = async (misdeeds: Misdeeds = {}, name?: string) =>
    await first.request('POST', `${base}/verify-registration`, {
      response: authenticator.create(await options(), misdeeds),
      ...(name !== undefined && { name }),
    });
  /** Signs in with a browser that has nothing but the authenticator. */
  const signIn = async (misdeeds: Misdeeds = {}) => {
    const one = served.browser();
    const asked = await one.request('GET', `${base}/generate-authenticate-options`);
    const response = authenticator.get(asked.json, misdeeds);
    return {
      ...one,
      response,
      answer: await one.request('POST', `${base}/verify-authentication`, { response }),
    };
  };
  return { ...served, ada, first, authenticator, options, register, signIn };
}

describe('a passkey', () => {
  test('is added by one who is signed in, and signs them in without a name or a password', async () => {
    const { ada, authenticator, options, register, signIn } = await started();
    expect(await options()).toMatchObject({
      rp: { name: 'Famulus', id: 'localhost' },
      user: { name: ada.email },
      authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
    });
    const made = await register({}, 'Key ring');
    expect(made).toMatchObject({
      status: 200,
      json: { name: 'Key ring', userId: ada.id, credentialID: authenticator.id, transports: 'internal' },
    });
    const { answer, request } = await signIn();
    expect(answer).toMatchObject({
      status: 200,
      json: { user: { id: ada.id }, session: { userId: ada.id } },
    });
    expect(await request('GET', '/api/sessions')).toMatchObject({ status: 200 });
    expect((await request('GET', '/api/auth/get-session')).json).toMatchObject({ user: { id: ada.id } });
    const types = await activityOf(files, ada.id);
    expect(types).toEqual(
      expect.arrayContaining(['auth.passkey_added', 'auth.passkey_used', 'auth.signed_in']),
    );
  });

  test('needs no code beside it', async () => {
    const { ada, register, signIn } = await started();
    await register();
    await files.owner.query('update users set two_factor_enabled = true where id = $1', [ada.id]);
    expect((await signIn()).answer).toMatchObject({ status: 200 });
  });

  test('is known once', async () => {
    const { register } = await started();
    expect(await register()).toMatchObject({ status: 200 });
    expect(await register()).toMatchObject({ status: 409, json: { code: 'auth.passkey_known' } });
  });

  test.each<[string, Misdeeds]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another site', { rp_id: 'evil.example' }],
    ['that did not ask who its user is', { unverified: true }],
    ['for another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
  ])('%s is refused, added or used', async (_, misdeeds) => {
    const { register, signIn } = await started();
    expect(await register(misdeeds)).toMatchObject({ status: 422, json: { code: 'auth.bad_passkey' } });
    expect(await register()).toMatchObject({ status: 200 });
    expect((await signIn(misdeeds)).answer).toMatchObject(bad);
    expect((await signIn()).answer).toMatchObject({ status: 200 });
  });

  test('with certificates is refused unread: their lists would be fetched', async () => {
    const { register } = await started();
    vi.mocked(webauthn.verifyRegistrationResponse).mockClear();
    const refused = { status: 422, json: { code: 'auth.bad_passkey' } };
    for (const fmt of ['fido-u2f', 'tpm', 'android-safetynet', 'apple'])
      expect(await register({ fmt })).toMatchObject(refused);
    expect(await register({ fmt: 'packed', certificate: true })).toMatchObject(refused);
    expect(webauthn.verifyRegistrationResponse).not.toHaveBeenCalled();
  });

  test('whose counter goes back is refused: it was copied', async () => {
    const { ada, register, signIn } = await started();
    await register({ counter: 5 });
    expect((await signIn({ counter: 9 })).answer).toMatchObject({ status: 200 });
    expect((await signIn({ counter: 9 })).answer).toMatchObject(bad);
    expect((await signIn({ counter: 3 })).answer).toMatchObject(bad);
    expect((await signIn({ counter: 10 })).answer).toMatchObject({ status: 200 });
    expect(await activityOf(files, ada.id)).toContain('auth.sign_in_failed');
  });

  test('that was copied signs in once of several at a time', async () => {
    const { register, signIn } = await started();
    await register({ counter: 5 });
    const answers = await Promise.all(Array.from({ length: 4 }, async () => await signIn({ counter: 6 })));
    expect(answers.filter(({ answer }) => answer.status === 200)).toHaveLength(1);
  });

  test('answers the challenge of the session it is added in', async () => {
    const { ada, authenticator, options, signedIn } = await started();
    const other = await signedIn(ada);
    const response = authenticator.create(await options());
    const answer = await other.request('POST', `${base}/verify-registration`, { response });
    expect(answer).toMatchObject({ status: 422, json: { code: 'auth.bad_passkey' } });
  });

  test('that does not count is taken', async () => {
    const { register, signIn } = await started();
    await register({ counter: 0 });
    for (let n = 0; n < 2; n++) expect((await signIn({ counter: 0 })).answer).toMatchObject({ status: 200 });
  });

  test('answers a challenge once, in the browser that asked, within five minutes', async () => {
    const { authenticator, browser, register, signIn } = await started();
    await register();
    const { request, response, jar } = await signIn();
    expect(await request('POST', `${base}/verify-authentication`, { response })).toMatchObject(bad);
    const asked = (await request('GET', `${base}/generate-authenticate-options`)).json;
    const elsewhere = browser();
    await elsewhere.request('GET', `${base}/generate-authenticate-options`);
    const stolen = { response: authenticator.get(asked) };
    expect(await elsewhere.request('POST', `${base}/verify-authentication`, stolen)).toMatchObject(bad);
    await files.moveClock(301_000);
    const late = await request('POST', `${base}/verify-authentication`, {
      response: authenticator.get(asked),
    });
    await files.moveClock(0);
    expect(late).toMatchObject(bad);
    expect(jar.has('famulus.passkey')).toBe(true);
  });

  test('of another user, or of one who is disabled, opens nothing', async () => {
    const { ada, register, signIn, person } = await started();
    await register();
    const bob = await person();
    const handle = Buffer.from(bob.id.replaceAll('-', ''), 'hex').toString('base64url');
    expect((await signIn({ userHandle: handle })).answer).toMatchObject(bad);
    await files.owner.query('update users set is_active = false where id = $1', [ada.id]);
    expect((await signIn()).answer).toMatchObject(bad);
  });

  test('is listed, renamed and removed by its user alone', async () => {
    const { ada, first, register, signIn, person, signedIn } = await started();
    const { id } = (await register()).json;
    const bob = await signedIn(await person());
    expect((await bob.request('GET', `${base}/list-user-passkeys`)).json).toEqual([]);
    for (const [path, more] of [
      ['update-passkey', { name: 'Mine' }],
      ['delete-passkey', {}],
    ] as const)
      expect(await bob.request('POST', `${base}/${path}`, { id, ...more })).toMatchObject({ status: 404 });
    const renamed = await first.request('POST', `${base}/update-passkey`, { id, name: 'Phone' });
    expect(renamed).toMatchObject({ status: 200, json: { passkey: { id, name: 'Phone' } } });
    expect((await first.request('GET', `${base}/list-user-passkeys`)).json).toMatchObject([
      { name: 'Phone' },
    ]);
    expect(await first.request('POST', `${base}/delete-passkey`, { id })).toMatchObject({ status: 200 });
    expect((await signIn()).answer).toMatchObject(bad);
    expect(await activityOf(files, ada.id)).toContain('auth.passkey_removed');
  });

  test('that is no passkey at all is the sender’s fault', async () => {
    const { first, options } = await started();
    const { challenge } = await options();
    const clientDataJSON = Buffer.from(JSON.stringify({ type: 'webauthn.create', challenge })).toString(
      'base64url',
    );
    const response = {
      id: 'AAAA',
      rawId: 'AAAA',
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject: 'AAAA' },
    };
    expect(await first.request('POST', `${base}/verify-registration`, { response })).toMatchObject({
      status: 422,
    });
  });
});
