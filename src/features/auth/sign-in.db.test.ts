import { describe, expect, test, vi } from 'vitest';
import * as crypto from '#platform/crypto/index.ts';
import { newId } from '#platform/ids/index.ts';
import { activityOf, PASSWORD, serveAccounts } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { until } from '#test/until.ts';

vi.mock('#platform/crypto/index.ts', { spy: true });

const files = testDatabase();
const path = '/api/auth/sign-in/email';
const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

describe('signing in', () => {
  test('answers as the library does, whatever the case of the address, and sets a cookie scripts cannot read', async () => {
    const { person, browser } = await serveAccounts(files);
    const ada = await person({ email: 'Ada.Lovelace@Example.test' });
    const { request } = browser(firefox);
    const answer = await request('POST', path, { email: 'ada.lovelace@example.TEST', password: PASSWORD });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        redirect: false,
        token: expect.any(String),
        user: { id: ada.id, email: ada.email, emailVerified: false, twoFactorEnabled: false },
      },
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^famulus\.session_token=\S+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    const who = await request('GET', '/api/auth/get-session');
    expect(who.json).toMatchObject({
      user: { id: ada.id },
      session: { userId: ada.id, ipAddress: '127.0.0.1', userAgent: firefox['user-agent'] },
    });
    expect(await activityOf(files, ada.id)).toEqual(['auth.signed_in']);
  });

  test('behind https, its cookie is sent over nothing else', async () => {
    const { person, browser } = await serveAccounts(files, { public_url: 'https://famulus.example' });
    const { email } = await person();
    const { request } = browser();
    const answer = await request('POST', path, { email, password: PASSWORD });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Secure-famulus\.session_token=.*; Secure/);
    expect((await request('GET', '/api/auth/get-session')).json).toMatchObject({ user: { email } });
  });

  test('costs one argon2id for everyone: unknown, without a password, inactive, wrong', async () => {
    const { person, browser } = await serveAccounts(files);
    const { email } = await person();
    const inactive = await person({ is_active: false });
    const bare = await files.database.system
      .insertInto('users')
      .values({ id: newId(), name: 'Bare', email: 'bare@example.test' })
      .returning('email')
      .executeTakeFirstOrThrow();
    const { request } = browser();
    // The hash that is checked for nobody is made ahead.
    await request('POST', path, { email: 'first@example.test', password: 'x' });
    const attempts = [
      { email: 'nobody@example.test', password: PASSWORD },
      { email: bare.email, password: PASSWORD },
      { email: inactive.email, password: PASSWORD },
      { email, password: 'wrong' },
    ];
    for (const attempt of attempts) {
      vi.clearAllMocks();
      const answer = await request('POST', path, attempt);
      expect(answer).toMatchObject({ status: 401, json: { code: 'auth.bad_credentials' } });
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(vi.mocked(crypto.verifyPassword).mock.calls.length).toBe(1);
      expect(vi.mocked(crypto.hashPassword).mock.calls.length).toBe(0);
    }
    vi.clearAllMocks();
    expect(await request('POST', path, { email, password: PASSWORD })).toMatchObject({ status: 200 });
    expect(vi.mocked(crypto.verifyPassword).mock.calls.length).toBe(1);
  });

  test('that fails is in the activity of the account it was aimed at', async () => {
    const { person, browser } = await serveAccounts(files);
    const ada = await person();
    await browser().request('POST', path, { email: ada.email, password: 'wrong' });
    expect(await activityOf(files, ada.id)).toEqual(['auth.sign_in_failed']);
  });

  test.each<[string, string]>([
    ['another password', `update accounts set password = 'another' where user_id = $1`],
    ['a switch off', 'update users set is_active = false where id = $1'],
    ['a second factor', 'update users set two_factor_enabled = true where id = $1'],
  ])('at the moment of %s waits for it, and then opens nothing', async (_, change) => {
    const { person, browser } = await serveAccounts(files);
    const { id, email } = await person();
    const body = { email, password: PASSWORD };
    await files.owner.query('begin');
    await files.owner.query(change, [id]);
    const answers = ['/api/auth/token', path].map(
      async (one) => (await browser().request('POST', one, body)).status,
    );
    try {
      await until('both wait, or are through', async () => {
        // Within a transaction it is looked at once otherwise.
        await files.owner.query('select pg_stat_clear_snapshot()');
        const { rowCount } = await files.owner.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        const quickest = await Promise.race([...answers, Promise.resolve(undefined)]);
        return rowCount! >= 2 || quickest !== undefined;
      });
    } finally {
      await files.owner.query('commit');
    }
    expect(await Promise.all(answers)).toEqual([401, 401]);
    const { rowCount } = await files.owner.query('select from sessions where user_id = $1', [id]);
    expect(rowCount).toBe(0);
  });

  test('is possible ten times a minute for an account, wherever from', async () => {
    const { person, browser } = await serveAccounts(files);
    const { email } = await person();
    const { request } = browser();
    for (let n = 0; n < 10; n++)
      expect(await request('POST', path, { email, password: 'wrong' })).toMatchObject({ status: 401 });
    const blocked = await request('POST', path, { email, password: PASSWORD });
    expect(blocked).toMatchObject({ status: 429, json: { code: 'auth.too_many_attempts' } });
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test.each<[string, object, string]>([
    ['an unknown field', { remember: true }, 'remember'],
    ['a NUL', { password: 'a\0b' }, 'password'],
    ['no address', { email: 'ada' }, 'email'],
    ['a long password', { password: 'x'.repeat(1025) }, 'password'],
    ['another site to go on to', { callbackURL: 'https://evil.example' }, 'callbackURL'],
    ['another site in disguise', { callbackURL: '//evil.example' }, 'callbackURL'],
  ])('with %s is a 422', async (_, change, wrong) => {
    const { browser } = await serveAccounts(files);
    const body = { email: 'ada@example.test', password: PASSWORD, ...change };
    const answer = await browser().request('POST', path, body);
    expect(answer).toMatchObject({
      status: 422,
      json: { code: 'request.invalid', errors: [{ path: wrong }] },
    });
  });

  test('without being remembered lasts a day, in a cookie of the browser’s session', async () => {
    const { person, browser } = await serveAccounts(files);
    const { email } = await person();
    const { request } = browser();
    const answer = await request('POST', path, { email, password: PASSWORD, rememberMe: false });
    const cookie = answer.headers.getSetCookie().find((one) => one.includes('session_token'));
    expect(cookie).not.toMatch(/Max-Age|Expires/);
    await files.moveClock(25 * 3_600_000);
    expect((await request('GET', '/api/auth/get-session')).json).toBeNull();
    await files.moveClock(0);
  });
});

describe('signing out', () => {
  test('ends the session and takes the cookie away', async () => {
    const { person, signedIn } = await serveAccounts(files);
    const ada = await person();
    const { request, jar } = await signedIn(ada);
    const kept = new Map(jar);
    const out = await request('POST', '/api/auth/sign-out', {});
    expect(out).toMatchObject({ status: 200, json: { success: true } });
    expect(jar.size).toBe(0);
    for (const [name, value] of kept) jar.set(name, value);
    expect((await request('GET', '/api/auth/get-session')).json).toBeNull();
    expect(await activityOf(files, ada.id)).toEqual(['auth.signed_in', 'auth.signed_out']);
  });

  test('of nobody does no harm', async () => {
    const { browser } = await serveAccounts(files);
    expect(await browser().request('POST', '/api/auth/sign-out', {})).toMatchObject({ status: 200 });
  });
});
