import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { createDatabaseUrl, type DatabaseUrl } from '#test/database-url.ts';
import { createUserAndToken, startProgram, type Program, type TestUser } from '#test/program.ts';
import {
  firedNotification,
  notificationsOf,
  readAll,
  remind,
  said,
  type MessageRecord,
  type Sent,
} from '#test/records.ts';
import { startSlowModel, type SlowModel } from '#test/slow-model.ts';
import { until } from '#test/until.ts';

/** As many as one user's work is done at once. */
const THREADS = 4;
/** A lease of 15 s, the reply itself, and a slow machine. */
const TAKE_OVER_MS = 45_000;

let database: DatabaseUrl;
let slow: SlowModel;
let env: Record<string, string>;
let first: Program;
let ann: TestUser;
let client: Client;

beforeAll(async () => {
  database = await createDatabaseUrl();
  slow = await startSlowModel(3);
  const SECRET_KEY = randomBytes(32).toString('hex');
  // The test asks as often as it can.
  env = { DATABASE_URL: database.url, SECRET_KEY, RATE_LIMIT_API: 'off', ...slow.env };
  first = await startProgram({ env });
  ann = await createUserAndToken(first);
  client = createClient(first, ann);
});
afterAll(async () => {
  await first.remove();
  await slow[Symbol.asyncDispose]();
  await database.drop();
});

test('a worker that is stopped beyond its lease and then goes on says nothing twice', async () => {
  const { body: assistant } = await client.post<{ id: string }>('/api/assistants', {
    name: 'Slow',
    model: slow.model,
  });
  const threads = await Promise.all(
    Array.from({ length: THREADS }, async () => {
      const { body } = await client.post<{ id: string }>('/api/threads', { assistant_id: assistant.id });
      return body.id;
    }),
  );
  const events = await client.events();
  const sent = await Promise.all(
    threads.map(
      async (thread) => await client.post<Sent>(`/api/threads/${thread}/messages`, { text: 'go on' }),
    ),
  );
  const reminder = await remind(client, 'while it stands still', 3_000);
  await until('all are being answered', () => {
    const speaking = events.received
      .filter(({ type }) => type === 'message.delta')
      .map(({ subject }) => subject);
    return new Set(speaking).size === THREADS;
  });

  process.kill(first.pid, 'SIGSTOP');
  await using second = await startProgram({ env });
  const other = createClient(second, ann);
  const replies = async () => {
    const all = await Promise.all(
      threads.map(async (thread) => await readAll<MessageRecord>(other, `/api/threads/${thread}/messages`)),
    );
    return all.flat().filter(({ role }) => role === 'assistant');
  };
  await firedNotification(other, reminder, TAKE_OVER_MS);
  const answered = await until(
    'the other has answered all',
    async () => {
      const found = await replies();
      return found.every(({ status }) => status === 'complete') && found;
    },
    TAKE_OVER_MS,
  );

  process.kill(first.pid, 'SIGCONT');
  // Each turn it had begun ends with the lane lost: nothing of it may be committed.
  await until(
    'it gives up what it had',
    () => first.output().stderr.split('"lane item lost"').length - 1 >= THREADS,
    TAKE_OVER_MS,
  );
  expect(await replies()).toEqual(answered);
  expect(answered.map(({ turn_id }) => turn_id)).toEqual(sent.map(({ body }) => body.turn_id));
  for (const reply of answered) expect(said(reply)).toMatch(/^(on and on ){30}$/);
  expect(await notificationsOf(other, reminder.id)).toHaveLength(1);

  // And it works again.
  const again = await remind(client, 'it goes on', 300);
  await firedNotification(client, again);
  expect(await notificationsOf(client, again.id)).toHaveLength(1);
  await events.close();
});
