import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { activityOf } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { serveJoining, setRegistration, type Joining } from '#test/joining.ts';

const files = testDatabase({ poolSize: 10 });
const DAY_MS = 86_400_000;

beforeEach(async () => {
  await files.owner.query('delete from rate_limits');
});

describe('a reset link', () => {
  async function userWithPassword(served: Joining) {
    await setRegistration(files, 'open');
    const email = `${newId()}@example.test`;
    const made = await served.post('/api/auth/sign-up/email', {
      email,
      password: 'old green lanterns',
      name: 'Ann',
    });
    return made.json['user'] as { id: string; email: string };
  }
  async function linkFor(served: Joining, admin: string, id: string) {
    const made = await served.as(admin)('POST', `/api/users/${id}/reset-link`, {});
    expect(made.status).toBe(201);
    const { url, expires_at } = made.json as unknown as { url: string; expires_at: string };
    expect(url).toMatch(/^https:\/\/famulus\.test\/reset#token=fam_reset_/);
    expect(new Date(expires_at).getTime()).toBeGreaterThan(Date.now());
    return url.slice(url.indexOf('=') + 1);
  }
  const newPassword = 'nine blue lanterns';

  test('sets the password once, and ends all sessions', async () => {
    const served = await serveJoining(files);
    const [admin, ann] = [
      await createUser(files.database.system, { role: 'admin' }),
      await userWithPassword(served),
    ];
    const session = (await served.signIn(ann.email, 'old green lanterns')).json;
    const caller = async () => await served.callerOf(session['access_token'] as string);
    expect(await caller()).not.toBeNull();
    const token = await linkFor(served, admin.id, ann.id);
    const reset = await served.post('/api/auth/reset-password', { token, newPassword });
    expect(reset).toMatchObject({ status: 200, json: { status: true } });
    expect(await caller()).toBeNull();
    const refresh = await served.post('/api/auth/refresh', { refresh_token: session['refresh_token'] });
    expect(refresh.status).toBe(401);
    expect((await served.signIn(ann.email, 'old green lanterns')).status).toBe(401);
    expect((await served.signIn(ann.email, newPassword)).status).toBe(200);
    const again = await served.post('/api/auth/reset-password', { token, newPassword: 'ten red lanterns' });
    expect(again).toMatchObject({ status: 403, json: { code: 'auth.bad_reset_token' } });
    expect(await activityOf(files, ann.id)).toEqual(
      expect.arrayContaining(['auth.reset_link_created', 'auth.password_changed', 'auth.sessions_ended']),
    );
    expect(await activityOf(files, admin.id)).toEqual(['auth.reset_link_created']);
  });

  test('is replaced by a later one, and over after a day', async () => {
    const served = await serveJoining(files);
    const [admin, ann] = [
      await createUser(files.database.system, { role: 'admin' }),
      await userWithPassword(served),
    ];
    const first = await linkFor(served, admin.id, ann.id);
    const last = await linkFor(served, admin.id, ann.id);
    const reset = async (token: string) =>
      (await served.post('/api/auth/reset-password', { token, newPassword })).status;
    expect(await reset(first)).toBe(403);
    try {
      await files.moveClock(DAY_MS);
      expect(await reset(last)).toBe(403);
    } finally {
      await files.moveClock(0);
    }
    const { rows } = await files.owner.query('select * from account_links where user_id = $1', [ann.id]);
    expect(JSON.stringify(rows)).not.toContain(last);
    expect(await reset(last)).toBe(200);
  });

  test('stays good when the new password is not', async () => {
    const served = await serveJoining(files);
    const [admin, ann] = [
      await createUser(files.database.system, { role: 'admin' }),
      await userWithPassword(served),
    ];
    const token = await linkFor(served, admin.id, ann.id);
    const weak = await served.post('/api/auth/reset-password', { token, newPassword: 'password1' });
    expect(weak).toMatchObject({ status: 422, json: { errors: [{ path: 'newPassword' }] } });
    expect((await served.post('/api/auth/reset-password', { token, newPassword })).status).toBe(200);
  });

  test('is made for users that there are', async () => {
    const served = await serveJoining(files);
    const admin = await createUser(files.database.system, { role: 'admin' });
    const answer = await served.as(admin.id)('POST', `/api/users/${newId()}/reset-link`, {});
    expect(answer).toMatchObject({ status: 404, json: { code: 'users.not_found' } });
  });
});

test('what has ended is removed after a month', async () => {
  const served = await serveJoining(files);
  const admin = await createUser(files.database.system, { role: 'admin' });
  await served.as(admin.id)('POST', '/api/invitations', {});
  await served.as(admin.id)('POST', `/api/users/${admin.id}/reset-link`, {});
  const count = async () => {
    const { rows } = await files.owner.query<{ count: number }>(
      `select count(*) from (select expires_at from invitations where user_id = $1
         union all select expires_at from account_links where user_id = $1) as ended`,
      [admin.id],
    );
    return rows[0]?.count;
  };
  await files.owner.query(
    `update invitations set expires_at = now() - interval '29 days' where user_id = $1`,
    [admin.id],
  );
  await files.owner.query(
    `update account_links set expires_at = now() - interval '29 days' where user_id = $1`,
    [admin.id],
  );
  await served.prune();
  expect(await count()).toBe(2);
  await files.owner.query(
    `update invitations set expires_at = now() - interval '31 days' where user_id = $1`,
    [admin.id],
  );
  await files.owner.query(
    `update account_links set expires_at = now() - interval '31 days' where user_id = $1`,
    [admin.id],
  );
  await served.prune();
  expect(await count()).toBe(0);
});
