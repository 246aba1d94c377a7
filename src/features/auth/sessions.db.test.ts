import { describe, expect, test } from 'vitest';
import { activityOf, PASSWORD, serveAccounts } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { newId } from '#platform/ids/index.ts';
import { createSession } from './sessions.ts';
import { createApiToken } from './tokens/service.ts';

const files = testDatabase();
const DAY_MS = 86_400_000;
const device = { user_agent: 'curl/8.9', address: '192.0.2.7' };

async function started() {
  const served = await serveAccounts(files);
  const ada = await served.person();
  return { ...served, ada, one: await served.signedIn(ada), two: await served.signedIn(ada) };
}

describe('sessions', () => {
  test('are listed with their devices, the current one marked', async () => {
    const { ada, signedIn } = await serveAccounts(files).then(async (served) => ({
      ...served,
      ada: await served.person(),
    }));
    await files.database.asSystem(
      async (tx) =>
        await createSession(tx, {
          user_id: ada.id,
          kind: 'token',
          method: 'password',
          device,
          lifetime_ms: DAY_MS,
        }),
    );
    const { request } = await signedIn(ada, {
      'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1',
    });
    const { json } = await request('GET', '/api/sessions');
    expect(json.items).toMatchObject([
      {
        kind: 'browser',
        is_current: true,
        status: 'authenticated',
        device_info: { name: 'Safari on iPhone', address: '127.0.0.1' },
      },
      {
        kind: 'token',
        is_current: false,
        status: 'authenticated',
        device_info: { name: 'curl', address: '192.0.2.7' },
      },
    ]);
    expect(JSON.stringify(json)).not.toMatch(/"token":/);
    const first = await request('GET', '/api/sessions?limit=1');
    expect(first.json.next_cursor).toEqual(expect.any(String));
    const rest = await request('GET', `/api/sessions?cursor=${first.json.next_cursor}`);
    expect(rest.json.items).toMatchObject([{ kind: 'token' }]);
  });

  test('are ended one by one; nobody ends another’s', async () => {
    const { ada, one, two, person, signedIn } = await started();
    const [, other] = (await two.request('GET', '/api/sessions')).json.items;
    const bob = await signedIn(await person());
    const path = `/api/sessions/${other.id}`;
    expect(await bob.request('DELETE', path)).toMatchObject({
      status: 404,
      json: { code: 'auth.session_not_found' },
    });
    expect(await two.request('DELETE', path)).toMatchObject({ status: 204 });
    expect(await two.request('DELETE', path)).toMatchObject({ status: 404 });
    expect(await one.request('GET', '/api/sessions')).toMatchObject({ status: 401 });
    expect(await two.request('GET', '/api/sessions')).toMatchObject({ status: 200 });
    expect(await activityOf(files, ada.id)).toContain('auth.session_ended');
  });

  test('all end but the one that asks', async () => {
    const { one, two } = await started();
    expect(await two.request('DELETE', '/api/sessions')).toMatchObject({ status: 204 });
    expect(await one.request('GET', '/api/sessions')).toMatchObject({ status: 401 });
    expect((await two.request('GET', '/api/sessions')).json.items).toHaveLength(1);
  });

  test('hint that access has changed when they end', async () => {
    const { two } = await started();
    let hints = 0;
    const stop = files.signals.subscribe('access', () => hints++);
    await two.request('DELETE', '/api/sessions');
    expect(hints).toBe(1);
    stop();
  });

  test('of a disabled user open nothing', async () => {
    const { ada, one } = await started();
    await files.owner.query('update users set is_active = false where id = $1', [ada.id]);
    expect((await one.request('GET', '/api/auth/get-session')).json).toBeNull();
  });

  test('are prolonged when they are used a day later, and end when they are not used for thirty', async () => {
    const { one } = await started();
    const before = (await one.request('GET', '/api/auth/get-session')).json.session.expiresAt;
    await files.moveClock(2 * DAY_MS);
    const answer = await one.request('GET', '/api/auth/get-session');
    expect(answer.headers.getSetCookie().join()).toContain('session_token');
    const { rows } = await files.owner.query<{ late: boolean }>(
      `select expires_at > $1::timestamptz + interval '47 hours' as late from sessions where id = $2`,
      [before, answer.json.session.id],
    );
    expect(rows).toEqual([{ late: true }]);
    await files.moveClock(31 * DAY_MS);
    expect((await one.request('GET', '/api/auth/get-session')).json).toMatchObject({ session: {} });
    await files.moveClock(62 * DAY_MS);
    expect((await one.request('GET', '/api/auth/get-session')).json).toBeNull();
    await files.moveClock(0);
  });

  test('that expired say so, and are removed after thirty days with what was kept for minutes', async () => {
    const { ada, one, prune: remove } = await started();
    await one.request('GET', '/api/auth/passkey/generate-authenticate-options');
    const statuses = async () =>
      (
        await files.owner.query<{ status: string; token: string | null }>(
          'select status, token from sessions where user_id = $1',
          [ada.id],
        )
      ).rows;
    const prune = async (age_ms: number) => {
      await files.moveClock(age_ms);
      await remove?.(new Date(Date.now() + age_ms));
    };
    await prune(31 * DAY_MS);
    expect(await statuses()).toEqual([
      { status: 'expired', token: null },
      { status: 'expired', token: null },
    ]);
    const kept = await files.owner.query('select from verifications');
    expect(kept.rows).toEqual([]);
    await prune(62 * DAY_MS);
    expect(await statuses()).toEqual([]);
    await files.moveClock(0);
  });

  test('are not opened by a cookie that was changed, or signed by somebody else', async () => {
    const { one, two } = await started();
    const name = 'famulus.session_token';
    const good = decodeURIComponent(one.jar.get(name)!);
    const other = decodeURIComponent(two.jar.get(name)!);
    const [token, signature] = good.split('.');
    const forged = [
      `${token}`,
      `${token}.`,
      `${token}x.${signature}`,
      `${token}.${other.split('.')[1]}`,
      `.${signature}`,
      newId(),
      '',
    ];
    for (const value of forged) {
      one.jar.set(name, encodeURIComponent(value));
      expect(await one.request('GET', '/api/sessions')).toMatchObject({ status: 401 });
      expect((await one.request('GET', '/api/auth/get-session')).json).toBeNull();
    }
    one.jar.set(name, '%E0%A4%A');
    expect(await one.request('GET', '/api/sessions')).toMatchObject({ status: 401 });
  });

  test('note when they were last seen, once a minute at most', async () => {
    const { one } = await started();
    const seen = async () =>
      (await one.request('GET', '/api/sessions')).json.items[1].device_info.last_seen_at as string;
    const first = await seen();
    expect(await seen()).toBe(first);
    await files.moveClock(61_000);
    await one.request('GET', '/api/auth/get-session');
    expect(Date.parse(await seen()) - Date.parse(first)).toBeGreaterThanOrEqual(61_000);
    await files.moveClock(0);
  });
});

describe('a change of password', () => {
  const path = '/api/auth/change-password';
  const body = { currentPassword: PASSWORD, newPassword: 'eight yellow lanterns' };

  test('ends the other sessions and keeps its own', async () => {
    const { ada, one, two, browser } = await started();
    const changed = await two.request('POST', path, body);
    expect(changed).toMatchObject({ status: 200, json: { user: { id: ada.id }, token: expect.any(String) } });
    expect(await one.request('GET', '/api/sessions')).toMatchObject({ status: 401 });
    expect((await two.request('GET', '/api/sessions')).json.items).toHaveLength(1);
    const signIn = async (password: string) =>
      (await browser().request('POST', '/api/auth/sign-in/email', { email: ada.email, password })).status;
    expect(await signIn(PASSWORD)).toBe(401);
    expect(await signIn(body.newPassword)).toBe(200);
    expect(await activityOf(files, ada.id)).toEqual(
      expect.arrayContaining(['auth.password_changed', 'auth.sessions_ended']),
    );
    const { rows } = await files.owner.query<{ password: string }>(
      'select password from accounts where user_id = $1',
      [ada.id],
    );
    expect(rows[0]?.password).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
  });

  test('needs the current one, and a good new one', async () => {
    const { ada, one } = await started();
    const wrong = await one.request('POST', path, { ...body, currentPassword: 'wrong' });
    expect(wrong).toMatchObject({
      status: 422,
      json: { code: 'auth.bad_password', errors: [{ path: 'currentPassword' }] },
    });
    for (const newPassword of ['short', 'password123', PASSWORD, ada.email.toUpperCase()]) {
      const weak = await one.request('POST', path, { ...body, newPassword });
      expect(weak).toMatchObject({ status: 422, json: { errors: [{ path: 'newPassword' }] } });
    }
  });

  test('is not for API tokens', async () => {
    const { ada, url } = await started();
    const token = await files.database.asSystem(
      async (tx) =>
        await createApiToken(tx, { user_id: ada.id, name: 'script', scopes: null, expires_at: null }),
    );
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'auth.session_required' });
  });
});
