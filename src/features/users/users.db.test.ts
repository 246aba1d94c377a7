import { describe, expect, test } from 'vitest';

import { hashToken } from '#platform/crypto/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { usersFeature } from './feature.ts';
import {
  createApiToken,
  createTokenAuthenticator,
  createUser,
  findUserByEmail,
  listUsers,
  userScopes,
} from './index.ts';
import { selectLiveToken } from './queries.ts';

const files = testDatabase();

async function makeUser(email = `${newId()}@example.test`, role: 'admin' | 'member' = 'member') {
  return await files.database.asSystem(
    async (tx) => await createUser(tx, { email, name: 'Ada', timezone: 'Europe/Berlin', role }, []),
  );
}

async function makeToken(user_id: string, scopes: string[] | null = null, expires_at: Date | null = null) {
  return await files.database.asSystem(
    async (tx) => await createApiToken(tx, { user_id, name: 'laptop', scopes, expires_at }),
  );
}

describe('createUser', () => {
  test('makes an account that is found by its address in any case', async () => {
    const user = await makeUser('Ada@Example.test', 'admin');
    expect(user).toMatchObject({
      email: 'Ada@Example.test',
      name: 'Ada',
      locale: 'en',
      role: 'admin',
      is_active: true,
    });
    expect(await findUserByEmail(files.database.system, 'aDA@example.TEST')).toEqual(user);
    expect(await findUserByEmail(files.database.system, 'other@example.test')).toBeUndefined();
  });

  test('refuses an address that is taken, in any case', async () => {
    await makeUser('taken@example.test');
    await expect(makeUser('TAKEN@example.test')).rejects.toMatchObject({
      code: 'users.email_taken',
      kind: 'conflict',
    });
  });

  test.each([
    ['email', { email: 'nobody' }],
    ['name', { name: '  ' }],
    ['timezone', { timezone: '+01:00' }],
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['locale', { locale: 'not a language' }],
  ])('names the wrong field: %s', async (path, wrong) => {
    const input = { email: 'right@example.test', name: 'Ada', timezone: 'UTC', ...wrong };
    const made = files.database.asSystem(async (tx) => await createUser(tx, input, []));
    await expect(made).rejects.toMatchObject({ kind: 'invalid', problems: [{ path }] });
  });

  test('is undone when something every user has cannot be made', async () => {
    const failing = async () => await Promise.reject(new Error('no secretary'));
    const input = { email: 'undone@example.test', name: 'Ada', timezone: 'UTC' };
    await expect(
      files.database.asSystem(async (tx) => await createUser(tx, input, [failing])),
    ).rejects.toThrow('no secretary');
    expect(await findUserByEmail(files.database.system, input.email)).toBeUndefined();
  });

  test('hides the password hash from the user themself', async () => {
    const user = await makeUser();
    const read = files.database.asUser(
      user.id,
      async (tx) => await tx.db.selectFrom('users').select('password_hash').execute(),
    );
    await expect(read).rejects.toThrow('permission denied');
  });
});

describe('listUsers', () => {
  test('shows everyone to the system, and to a user themself alone', async () => {
    const [one, other] = [await makeUser(), await makeUser()];
    const everyone = await listUsers(files.database.system);
    expect(everyone.map(({ id }) => id)).toEqual(expect.arrayContaining([one.id, other.id]));
    const seen = await files.database.asUser(one.id, async (tx) => await listUsers(tx.db));
    expect(seen.map(({ id }) => id)).toEqual([one.id]);
  });
});

describe('API tokens', () => {
  const authenticator = () => createTokenAuthenticator({ db: files.database.system });

  test('without scopes have all of a user, and none of the system', async () => {
    const user = await makeUser(undefined, 'admin');
    const caller = await authenticator()(await makeToken(user.id));
    expect(caller).toMatchObject({ user_id: user.id, is_admin: true, scopes: [...userScopes] });
    expect(caller?.scopes.filter((scope) => scope.startsWith('system:'))).toEqual([]);
  });

  test('have the scopes they were made with', async () => {
    const user = await makeUser();
    const token = await makeToken(user.id, ['system:read', 'reminders:read', 'system:read']);
    expect(await authenticator()(token)).toMatchObject({
      scopes: ['system:read', 'reminders:read'],
      is_admin: false,
    });
  });

  test('are refused a scope that does not exist', async () => {
    const user = await makeUser();
    const made = makeToken(user.id, ['reminders:read', 'everything']);
    await expect(made).rejects.toMatchObject({ kind: 'invalid', problems: [{ path: 'scopes.1' }] });
  });

  test('are kept as a hash alone', async () => {
    const user = await makeUser();
    const token = await makeToken(user.id);
    const rows = await files.owner.query('select * from api_tokens where user_id = $1', [user.id]);
    expect(rows.rowCount).toBe(1);
    expect(JSON.stringify(rows.rows)).not.toContain(token);
  });

  test('open nothing when they are unknown, expired, revoked, or of a user who is switched off', async () => {
    const user = await makeUser();
    expect(await authenticator()('fam_unknown')).toBeUndefined();
    expect(
      await authenticator()(await makeToken(user.id, null, new Date(Date.now() - 1_000))),
    ).toBeUndefined();
    const token = await makeToken(user.id, null, new Date(Date.now() + 3_600_000));
    expect(await authenticator()(token)).toBeDefined();
    await files.owner.query('update users set is_active = false where id = $1', [user.id]);
    expect(await authenticator()(token)).toBeUndefined();
  });

  test('are looked up again after two seconds, so a revoked one ends by then', async () => {
    const user = await makeUser();
    const token = await makeToken(user.id);
    let now = 0;
    const authenticate = createTokenAuthenticator({ db: files.database.system, clock: () => now });
    expect(await authenticate(token)).toBeDefined();
    await files.owner.query('delete from api_tokens where user_id = $1', [user.id]);
    now = 1_999;
    expect(await authenticate(token)).toBeDefined();
    now = 2_000;
    expect(await authenticate(token)).toBeUndefined();
  });

  test('record their last use once a minute', async () => {
    const user = await makeUser();
    const token = await makeToken(user.id);
    const lastUse = async () => {
      const { rows } = await files.owner.query<{ at: Date | null }>(
        'select last_used_at as at from api_tokens where user_id = $1',
        [user.id],
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

describe('GET /api/me', () => {
  test('is the caller, without what is secret', async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const as = await serveAs(usersFeature(featureContext(files)));
    const answer = await as(user.id)('GET', '/api/me');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id: user.id,
      email: user.email,
      timezone: 'Europe/Berlin',
      role: 'member',
    });
    expect(answer.json.id).not.toBe(other.id);
    expect(Object.keys(answer.json)).not.toContain('password_hash');
  });

  test('is 404 for an account that was deleted', async () => {
    const as = await serveAs(usersFeature(featureContext(files)));
    expect(await as(newId())('GET', '/api/me')).toMatchObject({
      status: 404,
      json: { code: 'users.not_found' },
    });
  });
});
