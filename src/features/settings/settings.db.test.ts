import { beforeEach, describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { serveModels } from '#test/models-rig.ts';
import { readSetting } from './index.ts';

const files = testDatabase();

beforeEach(async () => {
  await files.owner.query('delete from settings');
  await files.owner.query('delete from users');
});

const serving = async () => await serveModels(files);

describe('the settings', () => {
  test('have their defaults until they are changed, for every role', async () => {
    const { admin, call } = await serving();
    expect(await call('GET', '/api/settings')).toMatchObject({
      status: 200,
      json: { registration: 'invite' },
    });
    const changed = await call('PATCH', '/api/settings', { registration: 'open' });
    expect(changed).toMatchObject({ status: 200, json: { registration: 'open' } });
    expect((await call('GET', '/api/settings')).json).toEqual(changed.json);
    expect(await readSetting(files.database.system, 'registration')).toBe('open');
    const read = async () =>
      await files.database.asUser(admin.id, async (tx) => await readSetting(tx.db, 'registration'));
    expect(await read()).toBe('open');
  });

  test('are an admin’s to see and change', async () => {
    const { as, admin } = await serving();
    for (const [method, body] of [['GET'], ['PATCH', { registration: 'open' }]] as const) {
      expect((await as(admin.id)(method, '/api/settings', body)).status).toBe(403);
    }
    expect(await readSetting(files.database.system, 'registration')).toBe('invite');
  });

  test('can not be changed by the app role', async () => {
    const { admin } = await serving();
    const write = files.database.asUser(
      admin.id,
      async (tx) =>
        await tx.db.insertInto('settings').values({ key: 'registration', value: '"open"' }).execute(),
    );
    await expect(write).rejects.toThrow('permission denied');
  });

  test.each([
    ['colour', { colour: 'red' }],
    ['registration', { registration: 'perhaps' }],
    ['registration', { registration: null }],
  ])('refuse %s', async (path, patch) => {
    const { call } = await serving();
    expect(await call('PATCH', '/api/settings', patch)).toMatchObject({
      status: 422,
      json: { errors: [{ path }] },
    });
  });

  test('fall back to the default where another version left a value unknown to this one', async () => {
    await files.owner.query(`insert into settings values ('registration', '"by-fax"')`);
    expect(await readSetting(files.database.system, 'registration')).toBe('invite');
  });
});

describe('a change', () => {
  test('is told to every process and all admins, by its keys, and written down with old and new', async () => {
    const { admin, call } = await serving();
    const other = await createUser(files.database.system, { role: 'admin' });
    await createUser(files.database.system);
    await createUser(files.database.system, { role: 'admin', is_active: false });
    let told = 0;
    files.signals.subscribe('settings', () => void told++);
    await call('PATCH', '/api/settings', { registration: 'closed' });
    expect(told).toBe(1);
    const events = await files.owner.query('select user_id, type, payload from events order by user_id');
    const event = { type: 'settings.changed', payload: { keys: ['registration'] } };
    expect(events.rows).toEqual([admin.id, other.id].map((user_id) => ({ user_id, ...event })));
    const activity = await files.owner.query('select user_id, type, metadata from activity');
    const metadata = { registration: { old: 'invite', new: 'closed' } };
    expect(activity.rows).toEqual([{ user_id: admin.id, type: 'settings.changed', metadata }]);
  });

  test('to what is in force already is none', async () => {
    const { call } = await serving();
    for (const patch of [{}, { registration: 'invite' }]) {
      expect((await call('PATCH', '/api/settings', patch)).json).toMatchObject({ registration: 'invite' });
    }
    expect((await files.owner.query('select 1 from activity union all select 1 from events')).rowCount).toBe(
      0,
    );
  });

  test('of many at once tells the truth about each old value', async () => {
    const { admin, call } = await serving();
    const wanted = ['open', 'closed', 'invite', 'open', 'closed', 'invite', 'open', 'closed'];
    await Promise.all(
      wanted.map(async (registration) => await call('PATCH', '/api/settings', { registration })),
    );
    const { rows } = await files.owner.query<{ change: { old: string; new: string } }>(
      `select metadata->'registration' as change from activity where user_id = $1 order by created_at, id`,
      [admin.id],
    );
    const steps = new Map<string, number>();
    for (const { change } of rows) {
      steps.set(change.old, (steps.get(change.old) ?? 0) - 1);
      steps.set(change.new, (steps.get(change.new) ?? 0) + 1);
    }
    const last = await readSetting(files.database.system, 'registration');
    // A chain from the first value to the last: each value is left as often as it is come to.
    steps.set('invite', (steps.get('invite') ?? 0) + 1);
    steps.set(last, (steps.get(last) ?? 0) - 1);
    expect([...steps.values()].every((count) => count === 0)).toBe(true);
  });
});
