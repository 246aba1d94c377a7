import { describe, expect, test } from 'vitest';

import { hashPassword } from '#platform/crypto/index.ts';
import { createSignals } from '#platform/events/index.ts';
import { serve } from '#platform/http/test-server.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { createAuthenticator } from '../authenticator.ts';
import { setPasswordHash } from '../passwords.ts';
import { userScopes } from '../tokens/scopes.ts';
import { createAccessTokens } from './access-tokens.ts';
import { deleteExpiredRefreshTokens } from './queries.ts';
import { accessRoutes } from './routes.ts';
import { createSigningKeys } from './signing-keys.ts';
import { createTokenSessions, type TokenPair } from './token-session.ts';

const files = testDatabase();
const DAY_MS = 86_400_000;
const RIGHT_CODE = '123456';

async function makeUser({
  two_factor_enabled = false,
  role = 'member',
}: { two_factor_enabled?: boolean; role?: 'admin' | 'member' } = {}) {
  const user = await createUser(files.database.system, { two_factor_enabled, role });
  const hash = await hashPassword('correct horse');
  await files.database.asSystem(async (tx) => await setPasswordHash(tx, user.id, hash));
  return { id: user.id, email: user.email! };
}

/** One process of the program; `deaf` hears no signals of the others. */
async function openProcess({ deaf = false } = {}) {
  const { database, encryption } = files;
  const keys = createSigningKeys({ database, encryption });
  const accessTokens = createAccessTokens({ keys, issuer: 'famulus' });
  const sessions = createTokenSessions({ database, accessTokens });
  const authenticate = createAuthenticator({
    db: database.system,
    signals: deaf ? createSignals('deaf', async () => {}) : files.signals,
    accessTokens,
    sessionOfCookie: async () => await Promise.resolve(undefined),
  });
  const { call } = await serve({
    routes: accessRoutes({
      database,
      keys,
      sessions,
      authenticate,
      checkSecondFactor: async ({ code }) => await Promise.resolve(code === RIGHT_CODE),
    }),
    authenticate: async (request) => await authenticate(request),
  });
  const attempt = async (body: object) => await call('POST', '/api/auth/token', body, { authorization: '' });
  /** What one test attempts shall not keep another from it. */
  const signIn = async (body: object) => {
    await files.owner.query('delete from rate_limits');
    return await attempt(body);
  };
  return {
    attempt,
    signIn,
    pair: async (email: string) => {
      const answer = await signIn({ email, password: 'correct horse' });
      expect(answer.status).toBe(200);
      return answer.json as unknown as TokenPair;
    },
    refresh: async (refresh_token: string) =>
      await call('POST', '/api/auth/refresh', { refresh_token }, { authorization: '' }),
    logout: async (body: object | undefined, token?: string) =>
      await call('POST', '/api/auth/logout', body, { authorization: token ? `Bearer ${token}` : '' }),
    jwks: async () => await call('GET', '/api/auth/jwks'),
    callerOf: async (token: string) =>
      await authenticate({ headers: new Headers({ authorization: `Bearer ${token}` }), address: undefined }),
  };
}

async function activityOf(user_id: string) {
  const { rows } = await files.owner.query<{ type: string; level: string; metadata: object }>(
    'select type, level, metadata from activity where user_id = $1 order by id',
    [user_id],
  );
  return rows;
}

describe('POST /api/auth/token', () => {
  test('opens a session with all scopes of a user, and for an admin that of admins', async () => {
    const famulus = await openProcess();
    for (const role of ['member', 'admin'] as const) {
      const user = await makeUser({ role });
      const answer = await famulus.signIn({ email: user.email.toUpperCase(), password: 'correct horse' });
      expect(answer.json).toEqual({
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
        refresh_token: expect.stringMatching(/^fam_refresh_/) as string,
        token_type: 'Bearer',
        expires_in: 600,
      });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const caller = await famulus.callerOf(answer.json['access_token'] as string);
      expect(caller).toEqual({
        user_id: user.id,
        token_id: null,
        session_id: expect.any(String) as string,
        scopes: role === 'admin' ? [...userScopes, 'system:admin'] : [...userScopes],
      });
      const { rows } = await files.owner.query('select * from sessions where id = $1', [caller!.session_id]);
      expect(rows).toMatchObject([
        { user_id: user.id, status: 'authenticated', token: null, device_info: { user_agent: 'node' } },
      ]);
      expect((await activityOf(user.id)).map(({ type }) => type)).toEqual(['auth.signed_in']);
    }
  });

  test('says the same of an unknown address, a wrong password and a user who is switched off', async () => {
    const famulus = await openProcess();
    const [user, off] = [await makeUser(), await makeUser()];
    await files.owner.query('update users set is_active = false where id = $1', [off.id]);
    const wrong = [
      { email: user.email, password: 'wrong horse' },
      { email: off.email, password: 'correct horse' },
      { email: 'nobody@example.test', password: 'correct horse' },
      { email: 'no address', password: 'correct horse' },
    ];
    for (const body of wrong) {
      const { status, json } = await famulus.signIn(body);
      expect({ status, code: json.code, detail: json.detail }).toEqual({
        status: 401,
        code: 'auth.bad_credentials',
        detail: 'the e-mail address or the password is wrong',
      });
    }
  });

  test('asks for the second factor only who has given the first', async () => {
    const famulus = await openProcess();
    const { email } = await makeUser({ two_factor_enabled: true });
    const password = 'correct horse';
    const codeOf = async (body: object) => (await famulus.signIn(body)).json.code;
    expect(await codeOf({ email, password: 'wrong', code: RIGHT_CODE })).toBe('auth.bad_credentials');
    expect(await codeOf({ email, password })).toBe('auth.second_factor_required');
    expect(await codeOf({ email, password, code: '000000' })).toBe('auth.bad_second_factor');
    expect((await famulus.signIn({ email, password, code: RIGHT_CODE })).status).toBe(200);
  });

  test('takes ten attempts a minute at an account', async () => {
    const famulus = await openProcess();
    const { email } = await makeUser();
    const attempt = async () => await famulus.attempt({ email, password: 'wrong' });
    await files.owner.query('delete from rate_limits');
    for (let count = 0; count < 10; count += 1) expect((await attempt()).status).toBe(401);
    const refused = await attempt();
    expect(refused).toMatchObject({ status: 429, json: { code: 'auth.too_many_attempts' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await files.owner.query('delete from rate_limits');
  });
});

describe('POST /api/auth/refresh', () => {
  test('gives the next pair; the session is the same', async () => {
    const famulus = await openProcess();
    const first = await famulus.pair((await makeUser()).email);
    const answer = await famulus.refresh(first.refresh_token);
    expect(answer.status).toBe(200);
    const next = answer.json as unknown as TokenPair;
    expect(next.refresh_token).not.toBe(first.refresh_token);
    expect(await famulus.callerOf(next.access_token)).toEqual(await famulus.callerOf(first.access_token));
    expect((await famulus.refresh(next.refresh_token)).status).toBe(200);
  });

  test('keeps refresh tokens as hashes alone', async () => {
    const famulus = await openProcess();
    const { refresh_token } = await famulus.pair((await makeUser()).email);
    await famulus.refresh(refresh_token);
    const { rows } = await files.owner.query('select * from refresh_tokens');
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain('fam_refresh');
    expect(JSON.stringify(rows)).not.toContain(refresh_token.slice(12));
  });

  test('has one winner among fifty at once, and their session is over', async () => {
    const [one, other] = [await openProcess(), await openProcess({ deaf: true })];
    const user = await makeUser();
    const { refresh_token, access_token } = await one.pair(user.email);
    expect(await one.callerOf(access_token)).not.toBeNull();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => await (index % 2 ? one : other).refresh(refresh_token)),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(49);
    expect(await one.callerOf(access_token)).toBeNull();
    const next = won[0]!.json as unknown as TokenPair;
    expect(await one.callerOf(next.access_token)).toBeNull();
    expect(await other.refresh(next.refresh_token)).toMatchObject({
      status: 401,
      json: { code: 'auth.bad_refresh_token' },
    });
    const { rows } = await files.owner.query('select from sessions where user_id = $1', [user.id]);
    expect(rows).toEqual([]);
  });

  test('ends the session when a token is used again later, and warns of it once', async () => {
    const famulus = await openProcess();
    const user = await makeUser();
    const first = await famulus.pair(user.email);
    const other = await famulus.pair(user.email);
    const next = (await famulus.refresh(first.refresh_token)).json as unknown as TokenPair;
    const reused = await famulus.refresh(first.refresh_token);
    expect(reused).toMatchObject({ status: 401, json: { code: 'auth.refresh_token_reused' } });
    expect((await famulus.refresh(first.refresh_token)).status).toBe(401);
    expect((await famulus.refresh(next.refresh_token)).status).toBe(401);
    expect(await famulus.callerOf(next.access_token)).toBeNull();
    expect(await famulus.callerOf(other.access_token)).not.toBeNull();
    const warnings = (await activityOf(user.id)).filter(({ level }) => level === 'warning');
    expect(warnings).toEqual([
      { type: 'auth.session_ended', level: 'warning', metadata: { reason: 'refresh_reused' } },
    ]);
  });

  test('refuses what is unknown, expired, or of a user who is switched off', async () => {
    const famulus = await openProcess();
    const user = await makeUser();
    const { refresh_token } = await famulus.pair(user.email);
    expect((await famulus.refresh('fam_refresh_nobodys')).status).toBe(401);
    await files.owner.query('update users set is_active = false where id = $1', [user.id]);
    expect((await famulus.refresh(refresh_token)).status).toBe(401);
    await files.owner.query('update users set is_active = true where id = $1', [user.id]);
    const expire = async (by: string) =>
      await files.owner.query(
        `update refresh_tokens set expires_at = expires_at + $2::interval where user_id = $1`,
        [user.id, by],
      );
    await expire('-31 days');
    expect((await famulus.refresh(refresh_token)).status).toBe(401);
    await expire('31 days');
    expect((await famulus.refresh(refresh_token)).status).toBe(200);
  });

  test('holds for a month after the last use, and for three in all', async () => {
    const famulus = await openProcess();
    const { refresh_token: unused } = await famulus.pair((await makeUser()).email);
    let { refresh_token } = await famulus.pair((await makeUser()).email);
    try {
      for (const day of [29, 58, 87]) {
        await files.moveClock(day * DAY_MS);
        const answer = await famulus.refresh(refresh_token);
        expect(answer.status, `day ${day}`).toBe(200);
        ({ refresh_token } = answer.json as unknown as TokenPair);
      }
      expect((await famulus.refresh(unused)).status).toBe(401);
      await files.moveClock(91 * DAY_MS);
      expect((await famulus.refresh(refresh_token)).status).toBe(401);
      await deleteExpiredRefreshTokens(files.database.system);
      const { rows } = await files.owner.query<{ count: number }>(
        'select count(*) from refresh_tokens where expires_at < app_now()',
      );
      expect(rows).toEqual([{ count: 0 }]);
    } finally {
      await files.moveClock(0);
    }
  });
});

describe('POST /api/auth/logout', () => {
  test.each(['access_token', 'refresh_token'] as const)(
    'ends the session of its %s, as often as one likes',
    async (by) => {
      const famulus = await openProcess();
      const pair = await famulus.pair((await makeUser()).email);
      const logout = async () =>
        by === 'access_token'
          ? await famulus.logout(undefined, pair.access_token)
          : await famulus.logout({ refresh_token: pair.refresh_token });
      expect(await famulus.callerOf(pair.access_token)).not.toBeNull();
      expect((await logout()).status).toBe(204);
      expect(await famulus.callerOf(pair.access_token)).toBeNull();
      expect((await famulus.refresh(pair.refresh_token)).status).toBe(401);
      expect((await logout()).status).toBe(204);
    },
  );

  test('without anything changes nothing', async () => {
    const famulus = await openProcess();
    expect((await famulus.logout(undefined)).status).toBe(204);
    expect((await famulus.logout({ refresh_token: 'fam_refresh_nobodys' })).status).toBe(204);
  });
});

test('GET /api/auth/jwks is what access tokens are checked with', async () => {
  const famulus = await openProcess();
  const { access_token } = await famulus.pair((await makeUser()).email);
  const { createLocalJWKSet, jwtVerify } = await import('jose');
  const answer = await famulus.jwks();
  expect(answer.text).not.toContain('"d"');
  const keys = createLocalJWKSet(answer.json as unknown as Parameters<typeof createLocalJWKSet>[0]);
  const { payload } = await jwtVerify(access_token, keys, { issuer: 'famulus', audience: 'famulus-api' });
  expect(payload['sid']).toEqual(expect.any(String));
});
