import { describe, expect, test } from 'vitest';

import { usersOptions } from '#test/users-options.ts';
import { testDatabase } from '#test/database.ts';
import { createSchedule, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { usersFeature } from './feature.ts';

const files = testDatabase();

async function serving() {
  return await serveAs(usersFeature(featureContext(files), usersOptions()));
}

describe('PATCH /api/me', () => {
  test('changes what is named, answers the whole and tells the other screens', async () => {
    const [as, user, other] = [
      await serving(),
      await createUser(files.database.system),
      await createUser(files.database.system),
    ];
    const patch = {
      name: 'Ada L.',
      first_name: 'Ada',
      timezone: 'asia/tokyo',
      locale: 'ja',
      quiet_hours: { start: '22:00', end: '07:00', timezone: 'Asia/Tokyo' },
    };
    const answer = await as(user.id)('PATCH', '/api/me', patch);
    expect(answer).toMatchObject({
      status: 200,
      json: { ...patch, timezone: 'Asia/Tokyo', email: user.email },
    });
    expect((await as(user.id)('GET', '/api/me')).json).toEqual(answer.json);
    expect((await as(other.id)('GET', '/api/me')).json).toMatchObject({
      name: other.name,
      quiet_hours: null,
    });
    const { rows } = await files.owner.query('select user_id, type, payload from events');
    expect(rows).toEqual([{ user_id: user.id, type: 'user.updated', payload: { user_id: user.id } }]);
    const cleared = await as(user.id)('PATCH', '/api/me', { quiet_hours: null, first_name: null });
    expect(cleared.json).toMatchObject({ quiet_hours: null, first_name: null, name: 'Ada L.' });
    expect((await as(user.id)('PATCH', '/api/me', {})).json).toEqual(cleared.json);
  });

  test('keeps what the web app is to be like; what is not named stays', async () => {
    const [as, user] = [await serving(), await createUser(files.database.system)];
    const me = as(user.id);
    expect((await me('GET', '/api/me')).json).toMatchObject({ preferences: {} });
    const first = { color_scheme: 'dark', shortcuts: false, hour_cycle: 'h23' };
    expect((await me('PATCH', '/api/me', { preferences: first })).json['preferences']).toEqual(first);
    const more = { shortcuts: true, checklist_hidden: true, browser_notifications: true };
    const answer = await me('PATCH', '/api/me', { preferences: more, name: 'Ada' });
    expect(answer.json).toMatchObject({ name: 'Ada', preferences: { ...first, ...more } });
    expect((await me('PATCH', '/api/me', { preferences: {} })).json['preferences']).toEqual({
      ...first,
      ...more,
    });
    expect((await me('GET', '/api/me')).json['preferences']).toEqual({ ...first, ...more });
  });

  test('leaves schedules in the time zone they were made with', async () => {
    const [as, user] = [await serving(), await createUser(files.database.system)];
    const { id, timezone } = await createSchedule(files.database.system, {
      user_id: user.id,
      timezone: 'Europe/Paris',
    });
    await as(user.id)('PATCH', '/api/me', { timezone: 'Asia/Tokyo' });
    const { rows } = await files.owner.query('select timezone, revision from schedules where id = $1', [id]);
    expect(rows).toEqual([{ timezone, revision: 1 }]);
  });

  test.each([
    ['role', { role: 'admin' }],
    ['email', { email: 'new@example.test' }],
    ['is_active', { is_active: true }],
    ['daily_budget_usd', { daily_budget_usd: 1_000 }],
    ['name', { name: null }],
    ['quiet_hours.start', { quiet_hours: { start: '24:00', end: '07:00' } }],
    ['quiet_hours.end', { quiet_hours: { start: '22:00' } }],
    ['quiet_hours.end', { quiet_hours: { start: '22:00', end: '22:00' } }],
    ['quiet_hours.until', { quiet_hours: { start: '22:00', end: '07:00', until: 'noon' } }],
    ['preferences.color_scheme', { preferences: { color_scheme: 'pink' } }],
    ['preferences.shortcuts', { preferences: { shortcuts: null } }],
    ['preferences.font', { preferences: { font: 'serif' } }],
    ['preferences', { preferences: null }],
    ['quiet_hours.timezone', { quiet_hours: { start: '22:00', end: '07:00', timezone: '+01:00' } }],
  ])('refuses %s', async (path, patch) => {
    const [as, user] = [await serving(), await createUser(files.database.system)];
    expect(await as(user.id)('PATCH', '/api/me', patch)).toMatchObject({
      status: 422,
      json: { errors: [{ path }] },
    });
  });
});

describe('DELETE /api/me', () => {
  const exists = async (id: string) =>
    ((await files.owner.query('select 1 from users where id = $1', [id])).rowCount ?? 0) > 0;

  test('deletes the account of whoever confirms it with their address, and tells the admins', async () => {
    const [as, user] = [
      await serving(),
      await createUser(files.database.system, { email: 'Ada@example.test' }),
    ];
    const admin = await createUser(files.database.system, { role: 'admin' });
    const call = as(user.id);
    expect(await call('DELETE', '/api/me', { confirm: user.name })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'confirm' }] },
    });
    expect(await call('DELETE', '/api/me')).toMatchObject({ status: 422 });
    expect(await exists(user.id)).toBe(true);
    expect((await call('DELETE', '/api/me', { confirm: 'ada@example.test' })).status).toBe(204);
    expect(await exists(user.id)).toBe(false);
    const { rows } = await files.owner.query('select user_id, actor, type, subject from activity');
    expect(rows).toEqual([
      { user_id: admin.id, actor: 'system', type: 'user.deleted', subject: `user:${user.id}` },
    ]);
  });

  test('goes by the name where there is no address', async () => {
    const [as, user] = [
      await serving(),
      await createUser(files.database.system, { email: null, telegram_id: 1 }),
    ];
    expect((await as(user.id)('DELETE', '/api/me', { confirm: user.name })).status).toBe(204);
  });

  test('asks whether it is the user', async () => {
    const [as, user] = [await serving(), await createUser(files.database.system)];
    const body = { confirm: user.email, password: 'wrong' };
    expect(await as(user.id)('DELETE', '/api/me', body)).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'password' }] },
    });
    expect(await exists(user.id)).toBe(true);
  });

  test('is refused to the last admin', async () => {
    await files.owner.query('delete from users');
    const [as, user] = [await serving(), await createUser(files.database.system, { role: 'admin' })];
    expect(await as(user.id)('DELETE', '/api/me', { confirm: user.email })).toMatchObject({
      status: 409,
      json: { code: 'users.last_admin' },
    });
  });
});
