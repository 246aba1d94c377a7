import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { serveJoining } from '#test/joining.ts';
import { createSetupGate } from './setup-gate.ts';
import { createSetupToken, hasOwner } from './setup.ts';

const files = testDatabase({ poolSize: 10 });
const DAY_MS = 86_400_000;
const password = 'seven green lanterns';

beforeEach(async () => {
  await files.owner.query('delete from rate_limits');
});

describe('setup', () => {
  const owner = () => ({
    email: `${newId()}@example.test`,
    name: 'Owner',
    password,
    timezone: 'Europe/Berlin',
  });
  beforeEach(async () => {
    await files.owner.query('delete from users');
    await files.owner.query('delete from account_links');
  });

  test('makes the first admin, once, and they can sign in', async () => {
    const served = await serveJoining(files);
    expect(await hasOwner(files.database)).toBe(false);
    const setup_token = (await createSetupToken(files.database))!;
    const account = owner();
    const made = await served.post('/api/setup', { setup_token, ...account });
    expect(made).toMatchObject({
      status: 201,
      json: { email: account.email, name: 'Owner', role: 'admin', timezone: 'Europe/Berlin' },
    });
    expect(await hasOwner(files.database)).toBe(true);
    const signedIn = await served.signIn(account.email, password);
    const caller = await served.callerOf(signedIn.json['access_token'] as string);
    expect(caller?.scopes).toContain('system:admin');
    const again = await served.post('/api/setup', { setup_token, ...owner() });
    expect(again).toMatchObject({ status: 409, json: { code: 'setup.done' } });
    expect(await createSetupToken(files.database)).toBeUndefined();
  });

  test('has one winner among many at once', async () => {
    const served = await serveJoining(files);
    const setup_token = (await createSetupToken(files.database))!;
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => await served.post('/api/setup', { setup_token, ...owner() })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
    const { rows } = await files.owner.query<{ count: number }>('select count(*) from users');
    expect(rows).toEqual([{ count: 1 }]);
  });

  test('takes the last token alone, for a week, and keeps its hash alone', async () => {
    const served = await serveJoining(files);
    const first = (await createSetupToken(files.database))!;
    const last = (await createSetupToken(files.database))!;
    const { rows } = await files.owner.query('select * from account_links');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(last);
    const bad = { status: 403, json: { code: 'setup.bad_token' } };
    for (const setup_token of [first, 'fam_setup_nobodys', last.slice(0, -1)]) {
      expect(await served.post('/api/setup', { setup_token, ...owner() })).toMatchObject(bad);
    }
    try {
      await files.moveClock(7 * DAY_MS);
      expect(await served.post('/api/setup', { setup_token: last, ...owner() })).toMatchObject(bad);
    } finally {
      await files.moveClock(0);
    }
    expect((await served.post('/api/setup', { setup_token: last, ...owner() })).status).toBe(201);
  });

  test.each([
    ['password', { password: 'short' }],
    ['password', { password: 'password123' }],
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['email', { email: 'owner' }],
    ['name', { name: '' }],
  ])('uses the token up only when the account is made: wrong %s', async (path, wrong) => {
    const served = await serveJoining(files);
    const setup_token = (await createSetupToken(files.database))!;
    const refused = await served.post('/api/setup', { setup_token, ...owner(), ...wrong });
    expect(refused).toMatchObject({ status: 422, json: { errors: [{ path }] } });
    const member = await createUser(files.database.system);
    const taken = await served.post('/api/setup', { setup_token, ...owner(), email: member.email });
    expect(taken).toMatchObject({ status: 409, json: { code: 'users.email_taken' } });
    expect((await served.post('/api/setup', { setup_token, ...owner() })).status).toBe(201);
  });

  test('takes ten attempts a minute', async () => {
    const served = await serveJoining(files);
    const attempt = async () =>
      (await served.post('/api/setup', { setup_token: 'fam_setup_guess', ...owner() })).status;
    const counters = async () => (await files.owner.query('select from rate_limits')).rowCount;
    const before = (await counters())!;
    const statuses = [await attempt()];
    // Of the address and of the account.
    expect(await counters()).toBe(before + 2);
    for (let count = 1; count < 11; count += 1) statuses.push(await attempt());
    expect(statuses).toEqual([...Array<number>(10).fill(403), 429]);
  });

  test('opens the gate of every process that hears of it, and of the others within half a second', async () => {
    const served = await serveJoining(files);
    let now = 0;
    const deaf = { publish: () => {}, subscribe: () => () => {} };
    const hearing = createSetupGate({
      ...files,
      database: files.database,
      signals: files.signals,
      clock: () => 0,
    });
    const other = createSetupGate({
      database: files.database,
      signals: { ...files.signals, ...deaf },
      clock: () => now,
    });
    const refused = { code: 'setup.required', kind: 'unavailable' };
    for (const gate of [hearing, other]) {
      for (const path of [
        '/api/setup',
        '/api/setup/check',
        '/api/setup/passkey-options',
        '/api/auth/options',
        '/healthz',
        '/readyz',
      ])
        expect(gate(path)).toBeUndefined();
      for (const path of ['/api/me', '/api/auth/token', '/metrics', '/api/openapi.json', '/api/setup/', '/x'])
        await expect(gate(path)).rejects.toMatchObject(refused);
    }
    const setup_token = (await createSetupToken(files.database))!;
    await served.post('/api/setup', { setup_token, ...owner() });
    await hearing('/api/me');
    expect(hearing('/api/me')).toBeUndefined();
    now = 499;
    await expect(other('/api/me')).rejects.toMatchObject(refused);
    now = 500;
    await other('/api/me');
    expect(other('/api/me')).toBeUndefined();
  });
});
