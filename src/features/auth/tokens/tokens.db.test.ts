import { describe, expect, test } from 'vitest';

import { hashToken } from '#platform/crypto/index.ts';
import { createSignals } from '#platform/events/index.ts';
import { newId } from '#platform/ids/index.ts';
import { serve } from '#platform/http/test-server.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { createAuthenticator } from '../authenticator.ts';
import { selectLiveToken } from './queries.ts';
import { tokenRoutes } from './routes.ts';
import { userScopes } from './scopes.ts';
import { createApiToken, revokeApiToken } from './service.ts';

const files = testDatabase();

async function makeUser(role: 'admin' | 'member' = 'member') {
  return await createUser(files.database.system, { role });
}

async function makeToken(user_id: string, scopes: string[] | null = null, expires_at: Date | null = null) {
  return await files.database.asSystem(
    async (tx) => await createApiToken(tx, { user_id, name: 'laptop', scopes, expires_at }),
  );
}

/** One that hears no signals, unless it is given some. */
function authenticator(
  options: Partial<Parameters<typeof createAuthenticator>[0]> = {},
): (token: string) => Promise<unknown> {
  const authenticate = createAuthenticator({
    db: files.database.system,
    signals: createSignals('nobody', async () => {}),
    accessTokens: { verify: async () => await Promise.resolve(undefined) },
    sessionOfCookie: async () => await Promise.resolve(undefined),
    ...options,
  });
  return async (token) =>
    await authenticate({ headers: new Headers({ authorization: `Bearer ${token}` }), address: '127.0.0.1' });
}

describe('an API token', () => {
  test('without scopes has all of a user, and none of the system, be it an admin', async () => {
    const { id } = await makeUser('admin');
    const caller = await authenticator()(await makeToken(id));
    expect(caller).toEqual({
      user_id: id,
      scopes: [...userScopes],
      token_id: expect.any(String) as string,
      session_id: null,
    });
  });

  test('has the scopes it was made with', async () => {
    const { id } = await makeUser();
    const token = await makeToken(id, ['system:read', 'reminders:read', 'system:read']);
    expect(await authenticator()(token)).toMatchObject({ scopes: ['system:read', 'reminders:read'] });
  });

  test('is refused a scope that does not exist', async () => {
    const { id } = await makeUser();
    const made = makeToken(id, ['reminders:read', 'everything']);
    await expect(made).rejects.toMatchObject({ kind: 'invalid', problems: [{ path: 'scopes.1' }] });
  });

  test('is kept as a hash alone', async () => {
    const { id } = await makeUser();
    const token = await makeToken(id);
    const rows = await files.owner.query('select * from api_tokens where user_id = $1', [id]);
    expect(rows.rowCount).toBe(1);
    expect(JSON.stringify(rows.rows)).not.toContain(token);
  });

  test('opens nothing when it is unknown, expired, revoked, or of a user who is switched off', async () => {
    const { id } = await makeUser();
    expect(await authenticator()('fam_unknown')).toBeNull();
    expect(await authenticator()(await makeToken(id, null, new Date(Date.now() - 1_000)))).toBeNull();
    const token = await makeToken(id, null, new Date(Date.now() + 3_600_000));
    expect(await authenticator()(token)).not.toBeNull();
    await files.owner.query('update users set is_active = false where id = $1', [id]);
    expect(await authenticator()(token)).toBeNull();
  });

  test('is looked up again after two seconds, so a revoked one ends by then, whatever signal was lost', async () => {
    const { id } = await makeUser();
    const token = await makeToken(id);
    let now = 0;
    const authenticate = authenticator({ clock: () => now });
    expect(await authenticate(token)).not.toBeNull();
    await files.owner.query('delete from api_tokens where user_id = $1', [id]);
    now = 1_999;
    expect(await authenticate(token)).not.toBeNull();
    now = 2_000;
    expect(await authenticate(token)).toBeNull();
  });

  test('ends with its revocation where that is heard', async () => {
    const { id } = await makeUser();
    const token = await makeToken(id);
    const authenticate = authenticator({ signals: files.signals, clock: () => 0 });
    expect(await authenticate(token)).not.toBeNull();
    await files.database.asSystem(async (tx) => await revokeApiToken(tx, token));
    expect(await authenticate(token)).toBeNull();
  });

  test('is looked up once for many requests at the same time', async () => {
    const { id } = await makeUser();
    const token = await makeToken(id);
    const authenticate = authenticator();
    const callers = await Promise.all(Array.from({ length: 50 }, async () => await authenticate(token)));
    // Each look-up makes a caller of its own.
    expect(new Set(callers).size).toBe(1);
    expect(callers[0]).not.toBeNull();
  });

  test('records its last use once a minute', async () => {
    const { id } = await makeUser();
    const token = await makeToken(id);
    const lastUse = async () => {
      const { rows } = await files.owner.query<{ at: Date | null }>(
        'select last_used_at as at from api_tokens where user_id = $1',
        [id],
      );
      return rows[0]?.at?.getTime();
    };
    await authenticator()(token);
    await expect.poll(lastUse).toBeDefined();
    const stale = async () => (await selectLiveToken(files.database.system, hashToken(token)))?.is_use_stale;
    expect(await stale()).toBe(false);
    await files.owner.query(`update api_tokens set last_used_at = app_now() - interval '59 seconds'`);
    expect(await stale()).toBe(false);
    await files.owner.query(`update api_tokens set last_used_at = app_now() - interval '61 seconds'`);
    expect(await stale()).toBe(true);
    const before = await lastUse();
    await authenticator()(token);
    await expect.poll(lastUse).toBeGreaterThan(before!);
  });
});

describe('/api/tokens', () => {
  /** Requests with the scopes and, where it is one, the token that is named. */
  async function as(user_id: string, scopes: readonly string[] = userScopes, token_id: string | null = null) {
    const { call } = await serve({
      routes: tokenRoutes(files.database),
      authenticate: async () =>
        await Promise.resolve({ user_id, scopes: [...scopes], token_id, session_id: null }),
    });
    return call;
  }

  test('makes a token, shows it once, lists it without and revokes it', async () => {
    const { id } = await makeUser();
    const call = await as(id);
    const expires_at = new Date(Date.now() + 60_000).toISOString();
    const made = await call('POST', '/api/tokens', { name: 'phone', scopes: ['memory:read'], expires_at });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      name: 'phone',
      scopes: ['memory:read'],
      expires_at,
      last_used_at: null,
    });
    const token = made.json['token'] as string;
    expect(token).toMatch(/^fam_/);
    const authenticate = authenticator();
    expect(await authenticate(token)).toMatchObject({ user_id: id, scopes: ['memory:read'] });

    const listed = await call('GET', '/api/tokens');
    expect(listed.text).not.toContain(token);
    // Its use above is recorded in its own time.
    const { token: _, last_used_at: __, updated_at: ___, ...shown } = made.json;
    expect(listed.json['items']).toEqual([expect.objectContaining(shown)]);
    expect(Object.keys((listed.json['items'] as object[])[0]!)).not.toContain('token');

    const path = `/api/tokens/${made.json['id'] as string}`;
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('DELETE', path)).status).toBe(404);
    expect(await authenticator()(token)).toBeNull();
    const { rows } = await files.owner.query<{ type: string; actor: string }>(
      `select type, actor from activity where user_id = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { type: 'token.created', actor: 'user' },
      { type: 'token.revoked', actor: 'user' },
    ]);
  });

  test('says which scopes a token can be given: those its maker has, none of the system', async () => {
    const { id } = await makeUser('admin');
    const all = await (await as(id))('GET', '/api/tokens/scopes');
    expect(all).toMatchObject({ status: 200, json: { scopes: [...userScopes] } });
    const some = await as(id, ['settings:read', 'memory:read', 'system:admin']);
    expect((await some('GET', '/api/tokens/scopes')).json).toEqual({
      scopes: ['memory:read', 'settings:read'],
    });
  });

  test("shows and revokes one's own alone, a page at a time", async () => {
    const [one, other] = [await makeUser(), await makeUser()];
    for (let count = 0; count < 3; count += 1) await makeToken(one.id);
    const mine = await as(one.id);
    const first = await mine('GET', '/api/tokens?limit=2');
    const ids = (first.json['items'] as { id: string }[]).map(({ id }) => id);
    expect(ids).toHaveLength(2);
    const rest = await mine('GET', `/api/tokens?cursor=${first.json['next_cursor'] as string}`);
    expect(rest.json).toMatchObject({ items: [{ name: 'laptop' }], next_cursor: null });
    const others = await as(other.id);
    expect((await others('GET', '/api/tokens')).json['items']).toEqual([]);
    expect(await others('DELETE', `/api/tokens/${ids[0]}`)).toMatchObject({
      status: 404,
      json: { code: 'tokens.not_found' },
    });
    expect((await mine('GET', '/api/tokens')).json['items']).toHaveLength(3);
  });

  test.each([
    ['scopes.0', { scopes: ['memory:write'] }],
    ['scopes.1', { scopes: ['settings:write', 'system:admin'] }],
    ['scopes.0', { scopes: ['system:read'] }],
    ['scopes.0', { scopes: ['nonsense'] }],
    ['scopes', { scopes: [] }],
    ['expires_at', { expires_at: new Date(Date.now() - 1).toISOString() }],
    ['name', { name: ' ' }],
  ])('gives nothing its maker does not have, and no nonsense: %s %j', async (path, wrong) => {
    const { id } = await makeUser('admin');
    const call = await as(id, ['settings:write', 'memory:read', 'system:admin', 'system:read']);
    const answer = await call('POST', '/api/tokens', { name: 'more', ...wrong });
    expect(answer).toMatchObject({ status: 422, json: { errors: [{ path }] } });
  });

  test('gives without scopes what a token may have of what its maker has', async () => {
    const { id } = await makeUser('admin');
    const call = await as(id, ['settings:write', 'memory:read', 'system:admin']);
    const answer = await call('POST', '/api/tokens', { name: 'as much' });
    expect(answer).toMatchObject({ status: 201, json: { scopes: ['memory:read', 'settings:write'] } });
  });

  test('lets no token make one that outlives it', async () => {
    const { id } = await makeUser();
    const end = new Date(Date.now() + 60_000);
    await makeToken(id, null, end);
    const { rows } = await files.owner.query<{ id: string }>('select id from api_tokens where user_id = $1', [
      id,
    ]);
    const call = await as(id, userScopes, rows[0]!.id);
    const later = new Date(end.getTime() + 1).toISOString();
    expect(await call('POST', '/api/tokens', { name: 'x', expires_at: later })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'expires_at' }] },
    });
    expect(await call('POST', '/api/tokens', { name: 'x' })).toMatchObject({
      status: 201,
      json: { expires_at: end.toISOString() },
    });
  });

  test('needs the scopes of settings', async () => {
    const call = await as(newId(), ['memory:read']);
    expect((await call('GET', '/api/tokens')).status).toBe(403);
    expect((await call('POST', '/api/tokens', { name: 'x' })).status).toBe(403);
  });
});
