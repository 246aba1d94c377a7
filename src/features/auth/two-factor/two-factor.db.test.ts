import { describe, expect, test } from 'vitest';
import { activityOf, PASSWORD, serveAccounts } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { totp } from '#test/totp.ts';

const files = testDatabase();
const base = '/api/auth/two-factor';
const password = PASSWORD;

test('the codes of this test are those of RFC 6238, appendix B', () => {
  const at = Math.floor(59 / 30) - Math.floor(Date.now() / 30_000);
  expect(totp('otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', at)).toBe('287082');
});

async function started() {
  const served = await serveAccounts(files);
  const ada = await served.person();
  const first = await served.signedIn(ada);
  const status = async () =>
    (
      await files.database.system
        .selectFrom('sessions')
        .select(['status', 'token'])
        .where('user_id', '=', ada.id)
        .orderBy('id')
        .execute()
    ).map((row) => row.status);
  return { ...served, ada, first, status };
}

async function withTwoFactor() {
  const all = await started();
  const made = await all.first.request('POST', `${base}/enable`, { password });
  expect(made).toMatchObject({ status: 200, json: { method: 'totp' } });
  const uri: string = made.json.totpURI;
  const codes: string[] = made.json.backupCodes;
  expect(codes).toHaveLength(10);
  const on = await all.first.request('POST', `${base}/verify-totp`, { code: totp(uri, -1) });
  expect(on).toMatchObject({ status: 200, json: { user: { id: all.ada.id } } });
  const begin = async (body: object = {}) => {
    const one = all.browser();
    const answer = await one.request('POST', '/api/auth/sign-in/email', {
      email: all.ada.email,
      password,
      ...body,
    });
    return { ...one, answer };
  };
  return { ...all, uri, codes, begin };
}

describe('two-factor sign-in', () => {
  test('counts from the first right code on, and its browser stays signed in', async () => {
    const { first, ada, signedIn } = await started();
    const wrongPassword = await first.request('POST', `${base}/enable`, { password: 'wrong' });
    expect(wrongPassword).toMatchObject({ status: 422, json: { code: 'auth.bad_password' } });
    const made = await first.request('POST', `${base}/enable`, { password });
    await signedIn(ada);
    const wrong = await first.request('POST', `${base}/verify-totp`, { code: '000000' });
    expect(wrong).toMatchObject({ status: 401, json: { code: 'auth.invalid_code' } });
    const uri: string = made.json.totpURI;
    expect(await first.request('POST', `${base}/verify-totp`, { code: totp(uri) })).toMatchObject({
      status: 200,
    });
    expect((await first.request('GET', '/api/auth/get-session')).json.user.twoFactorEnabled).toBe(true);
    expect(await first.request('POST', `${base}/enable`, { password })).toMatchObject({ status: 409 });
    const again = await first.request('POST', `${base}/get-totp-uri`, { password });
    expect(new URL(again.json.totpURI).searchParams.get('secret')).toBe(
      new URL(uri).searchParams.get('secret'),
    );
    expect(await activityOf(files, ada.id)).toContain('auth.two_factor_enabled');
    const { rows } = await files.owner.query('select * from two_factors where user_id = $1', [ada.id]);
    expect(JSON.stringify(rows)).not.toContain(new URL(uri).searchParams.get('secret'));
  });

  test('leaves a session pending until the code comes, which works once', async () => {
    const { ada, uri, begin, status } = await withTwoFactor();
    const one = await begin();
    expect(one.answer).toMatchObject({
      status: 200,
      json: { twoFactorRedirect: true, twoFactorMethods: ['totp'] },
    });
    expect(await status()).toEqual(['authenticated', 'pending']);
    expect((await one.request('GET', '/api/auth/get-session')).json).toBeNull();
    expect(await one.request('GET', '/api/sessions')).toMatchObject({ status: 401 });
    const code = totp(uri);
    const done = await one.request('POST', `${base}/verify-totp`, {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(done).toMatchObject({ status: 200, json: { user: { id: ada.id }, token: expect.any(String) } });
    expect(await status()).toEqual(['authenticated', 'authenticated']);
    expect((await one.request('GET', '/api/sessions')).json.items).toHaveLength(2);
    const two = await begin();
    const replayed = await two.request('POST', `${base}/verify-totp`, { code });
    expect(replayed).toMatchObject({ status: 401, json: { code: 'auth.invalid_code' } });
  });

  test('takes a recovery code once', async () => {
    const { ada, codes, begin } = await withTwoFactor();
    const one = await begin();
    const used = await one.request('POST', `${base}/verify-backup-code`, { code: codes[3] });
    expect(used).toMatchObject({ status: 200, json: { user: { id: ada.id } } });
    const two = await begin();
    expect(await two.request('POST', `${base}/verify-backup-code`, { code: codes[3] })).toMatchObject({
      status: 401,
    });
    expect(await activityOf(files, ada.id)).toContain('auth.recovery_code_used');
    const fresh = await one.request('POST', `${base}/generate-backup-codes`, { password });
    expect(fresh.json.backupCodes).toHaveLength(10);
    expect(await two.request('POST', `${base}/verify-backup-code`, { code: codes[4] })).toMatchObject({
      status: 401,
    });
    const code = fresh.json.backupCodes[0];
    expect(await two.request('POST', `${base}/verify-backup-code`, { code })).toMatchObject({ status: 200 });
  });

  test('of many answers with one code, lets one in', async () => {
    const { uri, codes, begin } = await withTwoFactor();
    for (const [route, code] of [
      ['verify-totp', totp(uri)],
      ['verify-backup-code', codes[0]],
    ] as const) {
      const some = await Promise.all([begin(), begin(), begin()]);
      const answers = await Promise.all(
        some.map(async ({ request }) => await request('POST', `${base}/${route}`, { code })),
      );
      expect(answers.map(({ status }) => status).sort((left, right) => left - right)).toEqual([
        200, 401, 401,
      ]);
    }
  });

  test('ends the attempt after five wrong codes: its session is in error', async () => {
    const { ada, uri, begin, status } = await withTwoFactor();
    const one = await begin();
    for (let n = 0; n < 5; n++) {
      const wrong = await one.request('POST', `${base}/verify-totp`, { code: '000000' });
      expect(wrong).toMatchObject({ status: 401, json: { code: 'auth.invalid_code' } });
    }
    expect(await status()).toEqual(['authenticated', 'error']);
    const late = await one.request('POST', `${base}/verify-totp`, { code: totp(uri) });
    expect(late).toMatchObject({ status: 401, json: { code: 'auth.second_factor_expired' } });
    const failures = (await activityOf(files, ada.id)).filter((type) => type === 'auth.sign_in_failed');
    expect(failures).toHaveLength(5);
  });

  test('takes no code for a while after ten wrong ones in a row', async () => {
    const { ada, uri, begin } = await withTwoFactor();
    const attempt = async (code: string) => {
      await files.owner.query('delete from rate_limits');
      return await (await begin()).request('POST', `${base}/verify-totp`, { code });
    };
    for (let n = 0; n < 10; n++) expect(await attempt('000000')).toMatchObject({ status: 401 });
    const locked = await attempt(totp(uri));
    expect(locked).toMatchObject({ status: 429, json: { code: 'auth.account_temporarily_locked' } });
    expect(locked.headers.get('retry-after')).toBe('900');
    await files.owner.query('update two_factors set locked_until = now() where user_id = $1', [ada.id]);
    expect(await attempt(totp(uri))).toMatchObject({ status: 200 });
  });

  test('waits ten minutes for the code', async () => {
    const { uri, begin, first } = await withTwoFactor();
    const one = await begin();
    await files.moveClock(601_000);
    const late = await one.request('POST', `${base}/verify-totp`, { code: totp(uri) });
    const listed = await first.request('GET', '/api/sessions?status=expired');
    await files.moveClock(0);
    expect(late).toMatchObject({ status: 401, json: { code: 'auth.second_factor_expired' } });
    expect(listed.json.items).toHaveLength(1);
  });

  test('spares a browser that is trusted, until the password is changed', async () => {
    const { ada, uri, begin, first } = await withTwoFactor();
    const one = await begin();
    await one.request('POST', `${base}/verify-totp`, { code: totp(uri), trustDevice: true });
    await one.request('POST', '/api/auth/sign-out', {});
    const signIn = { email: ada.email, password };
    const spared = await one.request('POST', '/api/auth/sign-in/email', signIn);
    expect(spared).toMatchObject({ status: 200, json: { user: { id: ada.id } } });
    expect(await one.request('GET', '/api/sessions')).toMatchObject({ status: 200 });
    const changed = { currentPassword: password, newPassword: 'eight yellow lanterns' };
    expect(await first.request('POST', '/api/auth/change-password', changed)).toMatchObject({ status: 200 });
    const asked = await one.request('POST', '/api/auth/sign-in/email', {
      ...signIn,
      password: changed.newPassword,
    });
    expect(asked.json).toMatchObject({ twoFactorRedirect: true });
  });

  test('is switched off with the password', async () => {
    const { ada, begin, first } = await withTwoFactor();
    expect(await first.request('POST', `${base}/disable`, { password: 'wrong' })).toMatchObject({
      status: 422,
    });
    expect(await first.request('POST', `${base}/disable`, { password })).toMatchObject({
      status: 200,
      json: { status: true },
    });
    expect((await begin()).answer.json).toMatchObject({ user: { id: ada.id, twoFactorEnabled: false } });
    expect(await activityOf(files, ada.id)).toContain('auth.two_factor_disabled');
  });

  test('is asked of programs as well: a code or a recovery code, each once', async () => {
    const { ada, uri, codes, browser } = await withTwoFactor();
    const token = async (code?: string) =>
      await browser().request('POST', '/api/auth/token', {
        email: ada.email,
        password,
        ...(code !== undefined && { code }),
      });
    expect(await token()).toMatchObject({ status: 401, json: { code: 'auth.second_factor_required' } });
    expect(await token('000000')).toMatchObject({ status: 401, json: { code: 'auth.bad_second_factor' } });
    const code = totp(uri);
    expect(await token(code)).toMatchObject({ status: 200, json: { access_token: expect.any(String) } });
    expect(await token(code)).toMatchObject({ status: 401 });
    expect(await token(codes[0])).toMatchObject({ status: 200 });
    expect(await token(codes[0])).toMatchObject({ status: 401 });
    const { rows } = await files.owner.query(
      `select from verifications where identifier like '2fa-%' and value = $1`,
      [ada.id],
    );
    expect(rows).toEqual([]);
  });

  test('can be set up with an access token, too', async () => {
    const { ada, browser, url } = await started();
    const opened = await browser().request('POST', '/api/auth/token', { email: ada.email, password });
    const headers = {
      authorization: `Bearer ${opened.json.access_token}`,
      'content-type': 'application/json',
    };
    const post = async (path: string, body: object) => {
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return {
        status: answer.status,
        cookies: answer.headers.getSetCookie(),
        json: (await answer.json()) as { totpURI: string },
      };
    };
    const made = await post(`${base}/enable`, { password });
    expect(made.status).toBe(200);
    expect(await post(`${base}/verify-totp`, { code: totp(made.json.totpURI) })).toMatchObject({
      status: 200,
      cookies: [],
    });
    const changed = { currentPassword: password, newPassword: 'eight yellow lanterns' };
    expect(await post('/api/auth/change-password', changed)).toMatchObject({ status: 200, cookies: [] });
    const still = await fetch(`${url}/api/sessions`, { headers });
    expect(still.status).toBe(200);
  });

  test('a challenge that was not signed by us opens nothing', async () => {
    const { browser, uri } = await withTwoFactor();
    const { jar, request } = browser();
    jar.set('famulus.two_factor', encodeURIComponent('2fa-x.AAAA'));
    expect(await request('POST', `${base}/verify-totp`, { code: totp(uri) })).toMatchObject({ status: 401 });
    jar.set('famulus.two_factor', '%E0%A4%A');
    expect(await request('POST', `${base}/verify-totp`, { code: totp(uri) })).toMatchObject({ status: 401 });
  });
});
