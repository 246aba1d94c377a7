import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { createClient, type Client } from '#test/client.ts';
import { createDatabaseUrl, type DatabaseUrl } from '#test/database-url.ts';
import { createUserAndToken, startProgram, type Program, type TestUser } from '#test/program.ts';
import {
  ask,
  firedNotification,
  mainThreadOf,
  readAll,
  remind,
  said,
  type MessageRecord,
} from '#test/records.ts';
import { until } from '#test/until.ts';

const modes = [
  { mode: 'granted', line: /granted by the operator/, state: 'ok' },
  { mode: 'owner', line: /forced row security alone/, state: 'warn' },
] as const;

describe.for(modes)(
  'a database whose user may not make roles, roles had by: $mode',
  ({ mode, line, state }) => {
    let database: DatabaseUrl;
    let famulus: Program;
    let ann: TestUser;
    let bob: TestUser;
    let client: Client;
    let bobs: Client;
    let thread: string;

    beforeAll(async () => {
      database = await createDatabaseUrl(mode);
      const env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('hex') };
      famulus = await startProgram({ env });
      ann = await createUserAndToken(famulus);
      bob = await createUserAndToken(famulus, { email: 'bob@example.test', name: 'Bob' });
      client = createClient(famulus, ann);
      bobs = createClient(famulus, bob);
      thread = await mainThreadOf(client);
    });
    afterAll(async () => {
      await famulus.remove();
      await database.drop();
    });

    test('the start and the doctor say so', async () => {
      expect(famulus.output().stderr).toMatch(line);
      const { code, stdout } = await famulus.run(['doctor', '--json']);
      const findings = JSON.parse(stdout) as { check: string; state: string; detail: string }[];
      expect(findings).toContainEqual(
        expect.objectContaining({ check: 'tenants', state, detail: expect.stringMatching(line) as string }),
      );
      expect(code).toBe(0);
    });

    test('a message sets a reminder that fires, is told live, and is said; what is remembered is recalled', async () => {
      await using events = await client.events();
      const { reply } = await ask(client, thread, 'remind me in 2 seconds to stretch');
      expect(reply.status).toBe('complete');
      const fired = await events.waitFor(({ type }) => type === 'reminder.fired');
      expect(fired.subject).toMatch(/^reminder:/);
      const spoken = await until('the reminder is said', async () => {
        const messages = await readAll<MessageRecord>(client, `/api/threads/${thread}/messages`);
        return messages.find((one) => one.seq > reply.seq && one.status === 'complete');
      });
      expect(said(spoken)).toContain('stretch');
      await ask(client, thread, 'remember that my locker code is 4711');
      expect(said((await ask(client, thread, 'what is my locker code?')).reply)).toContain('4711');
    });

    test('users do not meet: neither over the API nor in plain SQL', async () => {
      const mine = await remind(client, 'mine', 86_400_000);
      expect((await bobs.get(`/api/reminders/${mine.id}`)).status).toBe(404);
      expect(await readAll(bobs, '/api/reminders')).toEqual([]);
      const sql = await connect(database.connection, 'famulus test');
      const count = async () => (await sql.query('select from reminders')).rowCount;
      try {
        if (mode === 'granted') {
          const { rows } = await sql.query<{ name: string }>(`select tenancy() ->> 'app' as name`);
          await sql.query(`set role ${rows[0]!.name}`);
        }
        expect(await count()).toBe(0);
        await sql.query(`set app.user_id = '${bob.id}'`);
        expect(await count()).toBe(0);
        await sql.query(`set app.user_id = '${ann.id}'`);
        expect(await count()).toBe(2);
      } finally {
        await sql.end();
      }
    });

    test('reminders of both come at their times, whoever fires them', async () => {
      const told = await Promise.all(
        [client, bobs].map(async (one) => {
          return await firedNotification(one, await remind(one, 'soon', 300));
        }),
      );
      expect(told.map(({ message }) => message)).toEqual(['soon', 'soon']);
    });

    test('keys are rotated, and what they encrypted stays readable', async () => {
      const once = async () =>
        (await client.post('/api/memories', { key: 'bike', value: 'blue' }, { 'idempotency-key': 'once' }))
          .body;
      const first = await once();
      const { code, stdout } = await famulus.run(['keys', 'rotate']);
      expect(code).toBe(0);
      const { values } = JSON.parse(stdout) as { values: number };
      expect(values).toBeGreaterThan(0);
      expect(JSON.parse(stdout)).toMatchObject({ deleted_keys: 1, damaged: [] });
      expect(await once()).toEqual(first);
    });

    test('of a user who is deleted nothing is left', async () => {
      const sql = await connect(database.admin, 'famulus test');
      const tables = await sql.query<{ name: string }>(
        `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'`,
      );
      const left = async () => {
        const found: string[] = [];
        for (const { name } of tables.rows) {
          if ((await sql.query(`select from ${name} where user_id = $1`, [ann.id])).rowCount)
            found.push(name);
        }
        return found;
      };
      try {
        expect(await left()).toEqual(
          expect.arrayContaining(['activity', 'events', 'lanes', 'reminders', 'threads']),
        );
        // As the owner with the setting of the system, which is what an installation without roles does.
        const owner = await connect({ ...database.connection, options: '-c app.system=on' }, 'famulus test');
        await owner.query('delete from users where id = $1', [ann.id]);
        await owner.end();
        expect(await left()).toEqual([]);
        await until('the token opens nothing', async () => (await client.get('/api/me')).status === 401);
        expect((await bobs.get('/api/me')).status).toBe(200);
      } finally {
        await sql.end();
      }
    });

    test('nothing of all this was an error of ours', () => {
      expect(famulus.output().stderr).not.toMatch(/"level":"(error|fatal)"/);
    });
  },
);
