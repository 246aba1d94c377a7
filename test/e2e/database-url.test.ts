import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { createDatabaseUrl, type DatabaseUrl } from '#test/database-url.ts';
import { createUserAndToken, runProgram, startProgram, type Program, type TestUser } from '#test/program.ts';
import {
  ask,
  firedNotification,
  mainThreadOf,
  notificationsOf,
  readAll,
  remind,
  said,
  type MessageRecord,
  type Sent,
} from '#test/records.ts';
import { until } from '#test/until.ts';

const TURNS = 20;
const REMINDERS = 20;

let database: DatabaseUrl;
let env: Record<string, string>;
/** As two machines: a data directory each, nothing in common but the settings. */
let one: Program;
let two: Program;
let ann: TestUser;
let overOne: Client;
let overTwo: Client;
let thread: string;

beforeAll(async () => {
  database = await createDatabaseUrl();
  env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('hex') };
  one = await startProgram({ env });
  two = await startProgram({ env });
  ann = await createUserAndToken(one);
  overOne = createClient(one, ann);
  overTwo = createClient(two, ann);
  thread = await mainThreadOf(overTwo);
});
afterAll(async () => {
  await two.remove();
  await one.remove();
  await database.drop();
});

const messages = async () => await readAll<MessageRecord>(overOne, `/api/threads/${thread}/messages`);

test('it starts no PostgreSQL of its own and makes the database that is missing', () => {
  for (const { dataDir } of [one, two]) expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
});

test('two with the same services share the work: each message one reply, each reminder told once', async () => {
  await using events = await overTwo.events();
  const reminders = await Promise.all(
    Array.from(
      { length: REMINDERS },
      async (_, index) => await remind(overOne, `share ${index}`, 1_000 + index * 50),
    ),
  );
  await Promise.all(
    Array.from({ length: TURNS }, async (_, index) => {
      const sender = index % 2 === 0 ? overOne : overTwo;
      const { reply } = await ask(sender, thread, 'what time is it?');
      expect(reply.status).toBe('complete');
    }),
  );
  await until(
    'all have come',
    () => events.received.filter(({ type }) => type === 'reminder.fired').length === REMINDERS,
  );
  for (const { id } of reminders) expect(await notificationsOf(overTwo, id)).toHaveLength(1);
  const all = await until('all are said', async () => {
    const found = await messages();
    return found.length === 2 * TURNS + REMINDERS && found;
  });
  expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
});

test('what one hears, the other tells: text as it is written and the reply that was waited for', async () => {
  await using events = await overTwo.events();
  const { reply } = await ask(overOne, thread, 'remind me in 2 hours to stretch');
  const completed = await events.waitFor(({ type }) => type === 'message.completed');
  expect(completed.payload).toMatchObject({ message_id: reply.id });
  expect(said(reply)).toContain('stretch');
});

test('when one is killed, the other takes over', async () => {
  const sent = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { body } = await overTwo.post<Sent>(`/api/threads/${thread}/messages`, {
        text: 'what time is it?',
      });
      return body.turn_id;
    }),
  );
  const reminder = await remind(overTwo, 'taken over', 300);
  await one.kill9();
  await firedNotification(overTwo, reminder);
  overOne = overTwo;
  await until('every reply', async () => {
    const replies = (await messages()).filter(
      ({ role, status }) => role === 'assistant' && status === 'complete',
    );
    return sent.every((turn) => replies.filter(({ turn_id }) => turn_id === turn).length === 1);
  });
  expect(await notificationsOf(overTwo, reminder.id)).toHaveLength(1);
});

test('another kind of database is refused with a reason', async () => {
  const { code, stderr } = await runProgram(['start', '--data-dir', two.dataDir], {
    env: { DATABASE_URL: 'sqlite:famulus.db' },
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/DATABASE_URL.*SQLite is not supported/s);
});

test('a PostgreSQL that is not there is one clear line', async () => {
  const { code, stderr } = await runProgram(['start', '--data-dir', two.dataDir], {
    env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
  });
  expect(code).toBe(1);
  const lines = stderr.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^famulus: .*PostgreSQL.*127\.0\.0\.1/);
});
