import { beforeEach, describe, expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { newId } from '#platform/ids/index.ts';
import { usersOptions } from '#test/users-options.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createDue, createThread, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { until } from '#test/until.ts';
import { usersFeature } from './feature.ts';

const files = testDatabase();
const endings: string[] = [];
const asAdmin = { scopes: ['system:admin'] };

beforeEach(async () => {
  await files.owner.query('delete from users');
  endings.length = 0;
});

async function serving() {
  const as = await serveAs(usersFeature(featureContext(files), usersOptions(endings)));
  const admin = await createUser(files.database.system, { role: 'admin' });
  return { as, admin, call: as(admin.id, asAdmin) };
}

async function activityOf(user_id: string) {
  const { rows } = await files.owner.query<{
    actor: string;
    type: string;
    subject: string;
    metadata: unknown;
  }>('select actor, type, subject, metadata from activity where user_id = $1 order by id', [user_id]);
  return rows;
}

describe('every route of accounts', () => {
  const id = newId();
  test.each([
    ['GET', '/api/users'],
    ['POST', '/api/users', { email: 'b@example.test', name: 'Bob', timezone: 'UTC' }],
    ['GET', `/api/users/${id}`],
    ['PATCH', `/api/users/${id}`, { name: 'Bob' }],
    ['DELETE', `/api/users/${id}`],
  ])('%s %s is for admins', async (method, path, body?) => {
    const { as, admin, call } = await serving();
    expect(await as(admin.id)(method, path, body)).toMatchObject({
      status: 403,
      json: { code: 'auth.scope' },
    });
    expect((await call(method, path, body)).status).not.toBe(403);
  });
});

describe('making an account', () => {
  test('answers the account, which its admin’s log and its own tell of', async () => {
    const { admin, call } = await serving();
    const input = {
      email: 'Bob@example.test',
      name: 'Bob',
      first_name: 'Robert',
      timezone: 'europe/berlin',
      locale: 'de',
      telegram_id: 7_000_000_000,
      telegram_username: 'bob',
      password: 'a long enough one',
    };
    const made = await call('POST', '/api/users', input);
    const { password, ...shown } = input;
    expect(made).toMatchObject({
      status: 201,
      json: { ...shown, timezone: 'Europe/Berlin', role: 'member', is_active: true, last_name: null },
    });
    expect(JSON.stringify(made.json)).not.toContain(password);
    const subject = `user:${made.json.id}`;
    expect(await activityOf(admin.id)).toMatchObject([{ actor: 'user', type: 'user.created', subject }]);
    expect(await activityOf(made.json.id)).toMatchObject([{ actor: 'system', type: 'user.created' }]);
  });

  test('needs an address or a Telegram id, and an address for a password', async () => {
    const { call } = await serving();
    const base = { name: 'Bob', timezone: 'UTC' };
    expect(await call('POST', '/api/users', { ...base, telegram_id: 5 })).toMatchObject({
      status: 201,
      json: { email: null, telegram_id: 5 },
    });
    for (const wrong of [base, { ...base, telegram_id: 6, password: 'a long enough one' }]) {
      expect(await call('POST', '/api/users', wrong)).toMatchObject({
        status: 422,
        json: { errors: [{ path: 'email' }] },
      });
    }
  });

  test.each([
    ['email', { email: 'TAKEN@example.test' }],
    ['telegram_id', { email: 'free@example.test', telegram_id: 99 }],
  ])('is refused when the %s is taken', async (path, fields) => {
    const { call } = await serving();
    await createUser(files.database.system, { email: 'taken@example.test', telegram_id: 99 });
    const answer = await call('POST', '/api/users', { name: 'Bob', timezone: 'UTC', ...fields });
    expect(answer).toMatchObject({ status: 409, json: { errors: [{ path, message: 'is taken' }] } });
  });

  test.each([
    ['telegram_id', { telegram_id: 1.5 }],
    ['telegram_id', { telegram_id: 2 ** 60 }],
    ['role', { role: 'owner' }],
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['is_active', { is_active: false }],
  ])('names the wrong field: %s', async (path, fields) => {
    const { call } = await serving();
    const input = { email: 'b@example.test', name: 'Bob', timezone: 'UTC', ...fields };
    expect(await call('POST', '/api/users', input)).toMatchObject({
      status: 422,
      json: { errors: [{ path }] },
    });
  });
});

describe('the list', () => {
  test('is newest first, page by page, and has nothing but accounts', async () => {
    const { admin, call } = await serving();
    const one = await createUser(files.database.system);
    const two = await createUser(files.database.system);
    const first = await call('GET', '/api/users?limit=2');
    expect(first.json.items.map(({ id }) => id)).toEqual([two.id, one.id]);
    const rest = await call('GET', `/api/users?limit=2&cursor=${first.json.next_cursor}`);
    expect(rest.json.items.map(({ id }) => id)).toEqual([admin.id]);
    expect(rest.json.next_cursor).toBeNull();
    const shown =
      'created_at daily_budget_usd email first_name id is_active last_name locale name quiet_hours role ' +
      'telegram_id telegram_username timezone two_factor_enabled updated_at';
    expect(Object.keys(first.json.items[0]!).toSorted().join(' ')).toBe(shown);
  });

  test('finds an address in any case, and a Telegram id', async () => {
    const { call } = await serving();
    const { id } = await createUser(files.database.system, { email: 'Who@example.test', telegram_id: 12 });
    await createUser(files.database.system, { email: 'other-who@example.test', telegram_id: 123 });
    const found = async (filter: string) => (await call('GET', `/api/users?${filter}`)).json.items;
    expect(await found('email=wHO@example.test')).toMatchObject([{ id }]);
    expect(await found('telegram_id=12')).toMatchObject([{ id }]);
    expect(await found('telegram_id=12&email=other-who@example.test')).toEqual([]);
    expect(await call('GET', '/api/users?telegram_id=0x12')).toMatchObject({ status: 422 });
    expect(await call('GET', '/api/users?telegram_id=9999999999999999')).toMatchObject({ status: 422 });
  });
});

describe('changing an account', () => {
  test('changes what is named and answers the whole', async () => {
    const { admin, call } = await serving();
    const user = await createUser(files.database.system, { first_name: 'Robert' });
    const patch = {
      name: 'Bob',
      first_name: null,
      daily_budget_usd: 2.5,
      quiet_hours: { start: '22:00', end: '07:00' },
    };
    const answer = await call('PATCH', `/api/users/${user.id}`, patch);
    expect(answer).toMatchObject({ status: 200, json: { ...patch, id: user.id, email: user.email } });
    expect(await call('GET', `/api/users/${user.id}`)).toMatchObject({ json: answer.json });
    const metadata = { fields: ['first_name', 'name', 'quiet_hours', 'daily_budget_usd'] };
    const entry = { type: 'user.updated', subject: `user:${user.id}`, metadata };
    expect(await activityOf(admin.id)).toMatchObject([{ actor: 'user', ...entry }]);
    expect(await activityOf(user.id)).toMatchObject([{ actor: 'system', ...entry }]);
    expect(endings).toEqual([]);
  });

  test('that changes nothing leaves no trace', async () => {
    const { admin, call } = await serving();
    const user = await createUser(files.database.system);
    expect((await call('PATCH', `/api/users/${user.id}`, {})).status).toBe(200);
    expect((await call('PATCH', `/api/users/${user.id}`, { name: user.name })).status).toBe(200);
    expect(await activityOf(admin.id)).toEqual([]);
  });

  test('ends the access of one disabled or demoted, and tells every process', async () => {
    const { admin, call } = await serving();
    const user = await createUser(files.database.system, { role: 'admin' });
    let told = 0;
    files.signals.subscribe('access', () => void told++);
    await call('PATCH', `/api/users/${user.id}`, { role: 'member' });
    await call('PATCH', `/api/users/${user.id}`, { is_active: false });
    await call('PATCH', `/api/users/${user.id}`, { is_active: true, role: 'admin' });
    expect(endings).toEqual([`demoted ${user.id}`, `disabled ${user.id}`]);
    expect(told).toBe(3);
    const acts = ['user.role_changed', 'user.disabled', 'user.enabled', 'user.role_changed'];
    expect((await activityOf(admin.id)).map(({ type }) => type)).toEqual(acts);
    expect((await activityOf(user.id)).map(({ type }) => type)).toEqual(acts);
  });

  test.each([
    ['email', { email: 'taken@example.test' }],
    ['telegram_id', { telegram_id: 99 }],
  ])('to a taken %s is refused', async (path, patch) => {
    const { call } = await serving();
    await createUser(files.database.system, { email: 'Taken@example.test', telegram_id: 99 });
    const user = await createUser(files.database.system);
    expect(await call('PATCH', `/api/users/${user.id}`, patch)).toMatchObject({
      status: 409,
      json: { errors: [{ path }] },
    });
  });

  test('may not take away all that a user is known by', async () => {
    const { call } = await serving();
    const user = await createUser(files.database.system);
    expect(await call('PATCH', `/api/users/${user.id}`, { email: null })).toMatchObject({ status: 422 });
    expect((await call('PATCH', `/api/users/${user.id}`, { email: null, telegram_id: 4 })).status).toBe(200);
    expect(await call('PATCH', `/api/users/${user.id}`, { telegram_id: null })).toMatchObject({
      status: 422,
    });
  });

  test('of nobody is 404', async () => {
    const { call } = await serving();
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const) {
      expect((await call(method, `/api/users/${newId()}`, body)).status).toBe(404);
    }
  });
});

describe('the last admin', () => {
  test.each([
    ['demoted', 'PATCH', { role: 'member' }],
    ['disabled', 'PATCH', { is_active: false }],
    ['deleted', 'DELETE', undefined],
  ])('can not be %s', async (_, method, body) => {
    const { admin, call } = await serving();
    await createUser(files.database.system);
    await createUser(files.database.system, { role: 'admin', is_active: false });
    expect(await call(method, `/api/users/${admin.id}`, body)).toMatchObject({
      status: 409,
      json: { code: 'users.last_admin' },
    });
    await createUser(files.database.system, { role: 'admin' });
    expect([200, 204]).toContain((await call(method, `/api/users/${admin.id}`, body)).status);
  });

  test('stays, whatever two admins do to each other at once', async () => {
    const { as } = await serving();
    const acts = [
      ['PATCH', { role: 'member' }],
      ['PATCH', { is_active: false }],
      ['DELETE', undefined],
    ] as const;
    for (const [method, body] of acts) {
      for (const [otherMethod, otherBody] of acts) {
        await files.owner.query('delete from users');
        const one = await createUser(files.database.system, { role: 'admin' });
        const two = await createUser(files.database.system, { role: 'admin' });
        const answers = await Promise.all([
          as(one.id, asAdmin)(method, `/api/users/${two.id}`, body),
          as(two.id, asAdmin)(otherMethod, `/api/users/${one.id}`, otherBody),
        ]);
        const { rowCount } = await files.owner.query(
          `select 1 from users where role = 'admin' and is_active`,
        );
        expect(rowCount).toBe(1);
        expect(answers.filter(({ status }) => status < 400)).toHaveLength(1);
      }
    }
  });
});

describe('deleting an account', () => {
  test('takes all of it along and leaves the id alone in the admin’s log', async () => {
    const { admin, call } = await serving();
    const user = await createUser(files.database.system, { name: 'Personal Name' });
    await createAssistant(files.database.system, { user_id: user.id });
    await createDue(files.database.system, { user_id: user.id, fire_at: new Date('2099-01-01') });
    let told = 0;
    files.signals.subscribe('access', () => void told++);
    expect((await call('DELETE', `/api/users/${user.id}`)).status).toBe(204);
    expect((await call('GET', `/api/users/${user.id}`)).status).toBe(404);
    expect((await files.owner.query('select 1 from due')).rowCount).toBe(0);
    expect((await files.owner.query('select 1 from assistants where user_id is not null')).rowCount).toBe(0);
    const log = await activityOf(admin.id);
    expect(log).toMatchObject([{ actor: 'user', type: 'user.deleted', subject: `user:${user.id}` }]);
    expect(JSON.stringify(log)).not.toMatch(/Personal|example/);
    expect(told).toBe(1);
  });

  test.each([
    ['a message', 'update threads set next_seq = next_seq + 1 where id = $2 and user_id = $1'],
    ['a memory', `insert into memories (id, user_id, key, value, source) values ($2, $1, 'k', 'v', 'user')`],
  ])('gives way to what its user is writing: %s', async (_, begun) => {
    const { call } = await serving();
    const { system } = files.database;
    const user = await createUser(system);
    const assistant = await createAssistant(system, { user_id: user.id });
    const thread = await createThread(system, { user_id: user.id, assistant_id: assistant.id });
    const writer = await connect(files.connection, 'a writer');
    try {
      await writer.query('begin');
      await writer.query(begun, [user.id, thread.id]);
      const started = performance.now();
      const deleted = call('DELETE', `/api/users/${user.id}`);
      await until(
        'the deletion waits',
        async () =>
          (
            await files.owner.query(
              `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
            )
          ).rowCount === 1,
      );
      await writer.query('select from users where id = $1 for key share', [user.id]);
      await writer.query('update users set event_seq = event_seq + 1 where id = $1', [user.id]);
      await writer.query('commit');
      expect((await deleted).status).toBe(204);
      // PostgreSQL would have ended one of the two after a second.
      expect(performance.now() - started).toBeLessThan(1_000);
    } finally {
      await writer.end();
    }
    expect((await files.owner.query('select from threads')).rowCount).toBe(0);
  });
});
