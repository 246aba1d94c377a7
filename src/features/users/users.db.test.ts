import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { usersOptions } from '#test/users-options.ts';
import { testDatabase } from '#test/database.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { usersFeature } from './feature.ts';
import { createUser, findUserByEmail, listUsers } from './index.ts';

const files = testDatabase();

async function makeUser(email = `${newId()}@example.test`, role: 'admin' | 'member' = 'member') {
  return await files.database.asSystem(
    async (tx) => await createUser(tx, { email, name: 'Ada', timezone: 'Europe/Berlin', role }, []),
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

  test('hides the hash of the password from the user themself', async () => {
    const user = await makeUser();
    const read = files.database.asUser(
      user.id,
      async (tx) => await tx.db.selectFrom('accounts').select('password').execute(),
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

describe('GET /api/me', () => {
  test('is the caller, without what is secret', async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const as = await serveAs(usersFeature(featureContext(files), usersOptions()));
    const answer = await as(user.id)('GET', '/api/me');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id: user.id,
      email: user.email,
      timezone: 'Europe/Berlin',
      role: 'member',
    });
    expect(answer.json.id).not.toBe(other.id);
    expect(Object.keys(answer.json)).not.toContain('event_seq');
  });

  test('is 404 for an account that was deleted', async () => {
    const as = await serveAs(usersFeature(featureContext(files), usersOptions()));
    expect(await as(newId())('GET', '/api/me')).toMatchObject({
      status: 404,
      json: { code: 'users.not_found' },
    });
  });
});
