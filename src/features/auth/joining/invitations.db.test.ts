import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { activityOf } from '#test/browsers.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { MEMBER, serveJoining, setRegistration, type Joining } from '#test/joining.ts';
import type { Invitation } from './queries/invitations.ts';

const files = testDatabase({ poolSize: 10 });
const DAY_MS = 86_400_000;
const password = 'seven green lanterns';

beforeEach(async () => {
  await files.owner.query('delete from rate_limits');
});

describe('an invitation', () => {
  const guest = (email?: string) => ({
    ...(email !== undefined && { email }),
    name: 'Guest',
    password,
    timezone: 'UTC',
  });
  beforeEach(async () => await setRegistration(files, 'invite'));

  async function invited(served: Joining, admin: string, body: object = {}) {
    const made = await served.as(admin)('POST', '/api/invitations', body);
    expect(made.status).toBe(201);
    return made.json as unknown as Invitation & { code: string; url: string };
  }

  test('makes one account, with the role it names', async () => {
    const served = await serveJoining(files);
    const admin = await createUser(files.database.system, { role: 'admin' });
    const email = `${newId()}@example.test`;
    const { id, code, url } = await invited(served, admin.id, { email, role: 'admin' });
    expect(url).toBe(`https://famulus.test/invite#code=${code}`);
    const accepted = await served.post('/api/invitations/accept', { code, ...guest(email.toUpperCase()) });
    expect(accepted).toMatchObject({ status: 201, json: { name: 'Guest', role: 'admin' } });
    expect((await served.signIn(email, password)).status).toBe(200);
    const again = await served.post('/api/invitations/accept', { code, ...guest(`${newId()}@example.test`) });
    expect(again).toMatchObject({ status: 403, json: { code: 'invitations.bad_code' } });
    const listed = await served.as(admin.id)('GET', '/api/invitations');
    expect(listed.text).not.toContain(code);
    expect(listed.json['items']).toContainEqual(
      expect.objectContaining({
        id,
        email,
        used_by: accepted.json['id'],
        used_at: expect.any(String) as string,
      }),
    );
    expect(await activityOf(files, admin.id)).toEqual(['invitation.created', 'invitation.accepted']);
    expect((await served.as(admin.id)('DELETE', `/api/invitations/${id}`)).status).toBe(404);
  });

  test('has one winner among many at once', async () => {
    const served = await serveJoining(files);
    const { code } = await invited(served, (await createUser(files.database.system, { role: 'admin' })).id);
    const answers = await Promise.all(
      Array.from(
        { length: 8 },
        async () =>
          await served.post('/api/invitations/accept', { code, ...guest(`${newId()}@example.test`) }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(7);
  });

  test('for an address is for that address, which need not be said again', async () => {
    const served = await serveJoining(files);
    const email = `${newId()}@example.test`;
    const { code } = await invited(served, (await createUser(files.database.system, { role: 'admin' })).id, {
      email,
    });
    const other = await served.post('/api/invitations/accept', { code, ...guest('other@example.test') });
    expect(other).toMatchObject({ status: 422, json: { errors: [{ path: 'email' }] } });
    const accepted = await served.post('/api/invitations/accept', { code, ...guest() });
    expect(accepted).toMatchObject({ status: 201, json: { email, role: 'member' } });
  });

  test('for anyone needs an address', async () => {
    const served = await serveJoining(files);
    const { code } = await invited(served, (await createUser(files.database.system, { role: 'admin' })).id);
    const without = await served.post('/api/invitations/accept', { code, ...guest() });
    expect(without).toMatchObject({ status: 422, json: { errors: [{ path: 'email' }] } });
  });

  test('is over when it is revoked, out of time, of no admin any more, or where nobody may join', async () => {
    const served = await serveJoining(files);
    const admin = await createUser(files.database.system, { role: 'admin' });
    const accept = async (code: string) =>
      (await served.post('/api/invitations/accept', { code, ...guest(`${newId()}@example.test`) })).json.code;
    const revoked = await invited(served, admin.id);
    expect((await served.as(admin.id)('DELETE', `/api/invitations/${revoked.id}`)).status).toBe(204);
    expect(await accept(revoked.code)).toBe('invitations.bad_code');
    const { code } = await invited(served, admin.id);
    try {
      await files.moveClock(7 * DAY_MS);
      expect(await accept(code)).toBe('invitations.bad_code');
    } finally {
      await files.moveClock(0);
    }
    await files.owner.query(`update users set role = 'member' where id = $1`, [admin.id]);
    expect(await accept(code)).toBe('invitations.bad_code');
    await files.owner.query(`update users set role = 'admin', is_active = false where id = $1`, [admin.id]);
    expect(await accept(code)).toBe('invitations.bad_code');
    await files.owner.query(`update users set is_active = true where id = $1`, [admin.id]);
    await setRegistration(files, 'closed');
    expect(await accept(code)).toBe('auth.registration_closed');
    await setRegistration(files, 'open');
    expect(await accept(code)).toBeUndefined();
  });

  test('is made, listed and revoked by admins alone', async () => {
    const served = await serveJoining(files);
    const member = served.as(MEMBER);
    for (const [method, path] of [
      ['GET', '/api/invitations'],
      ['POST', '/api/invitations'],
      ['DELETE', `/api/invitations/${newId()}`],
      ['POST', `/api/users/${newId()}/reset-link`],
    ] as const) {
      expect((await member(method, path, method === 'POST' ? {} : undefined)).status).toBe(403);
    }
  });

  test.each([
    ['expires_at', { expires_at: new Date(Date.now() - 1_000).toISOString() }],
    ['expires_at', { expires_at: new Date(Date.now() + 400 * DAY_MS).toISOString() }],
    ['email', { email: 'nobody' }],
    ['role', { role: 'owner' }],
  ])('is refused with a wrong %s: %j', async (path, wrong) => {
    const served = await serveJoining(files);
    const answer = await served.as((await createUser(files.database.system, { role: 'admin' })).id)(
      'POST',
      '/api/invitations',
      wrong,
    );
    expect(answer).toMatchObject({ status: 422, json: { errors: [{ path }] } });
  });
});

describe('signing up', () => {
  test('is for everyone where registration is open, and for nobody elsewhere', async () => {
    const served = await serveJoining(files);
    const account = { email: `${newId()}@example.test`, password, name: 'Guest' };
    for (const registration of ['closed', 'invite'] as const) {
      await setRegistration(files, registration);
      const refused = await served.post('/api/auth/sign-up/email', account);
      expect(refused).toMatchObject({ status: 403, json: { code: 'auth.registration_closed' } });
    }
    await setRegistration(files, 'open');
    const made = await served.post('/api/auth/sign-up/email', account);
    expect(made).toMatchObject({
      status: 200,
      json: { token: null, user: { email: account.email, role: 'member', timezone: 'UTC' } },
    });
    expect((await served.signIn(account.email, password)).status).toBe(200);
    const again = await served.post('/api/auth/sign-up/email', account);
    expect(again).toMatchObject({ status: 409, json: { code: 'users.email_taken' } });
    const weak = await served.post('/api/auth/sign-up/email', { ...account, password: 'password' });
    expect(weak).toMatchObject({ status: 422, json: { errors: [{ path: 'password' }] } });
    const role = await served.post('/api/auth/sign-up/email', { ...account, role: 'admin' });
    expect(role.status).toBe(422);
  });
});
