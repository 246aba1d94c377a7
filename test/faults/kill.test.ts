import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { freePort } from '#test/free-port.ts';
import {
  createUserAndToken,
  removeDataDir,
  startProgram,
  temporaryDataDir,
  type Program,
} from '#test/program.ts';
import {
  mainThreadOf,
  readAll,
  type MessageRecord,
  type NotificationRecord,
  type OccurrenceRecord,
  type ReminderRecord,
  type Sent,
} from '#test/records.ts';
import { seededRandom } from '#test/seeded-random.ts';
import { until } from '#test/until.ts';
import { repeated } from './repeated.ts';

const KILLS = repeated(10, 20);
const REMINDERS = 200;
/** Reminders come due over this long: about as long as the kills take. */
const SPREAD_MS = KILLS * 3_000;
const THREADS = 4;
const SETTLE_MS = 60_000;

/** Asks again until there is an answer: the program is away now and then. */
async function insist<T extends { status: number }>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer && answer.status < 500) return answer;
    await sleep(50);
  }
}

interface Talk {
  thread: string;
  /** Messages by the client's id. */
  accepted: Map<string, string>;
}

/** Sends one message after the other, each until it was accepted. */
async function talk(client: Client, { thread, accepted }: Talk, isOver: () => boolean): Promise<void> {
  for (let count = 1; !isOver(); count += 1) {
    const client_message_id = `${thread}-${count}`;
    const body = { text: `remember that thing ${count} is number ${count}`, client_message_id };
    // Some wait for the reply, some don't: a kill meets both.
    const path = `/api/threads/${thread}/messages${count % 2 === 0 ? '?wait=5' : ''}`;
    const { status, body: sent } = await insist(async () => await client.post<Sent>(path, body));
    expect([200, 202]).toContain(status);
    accepted.set(client_message_id, sent.message.id);
    await sleep(30);
  }
}

/** A life that is long enough for it, however slow the machine is. */
async function oneMoreInEach(talks: readonly Talk[]): Promise<void> {
  const before = talks.map(({ accepted }) => accepted.size);
  await until(
    'one more message is accepted in each thread',
    () => talks.every(({ accepted }, index) => accepted.size > before[index]!),
    SETTLE_MS,
  );
}

test(`kill -9 of the whole program ${KILLS} times: no reminder and no message is lost or doubled`, async () => {
  const random = seededRandom();
  const dataDir = await temporaryDataDir();
  const port = await freePort();
  let famulus: Program = await startProgram({ dataDir, port });
  try {
    const client = createClient(famulus, await createUserAndToken(famulus));
    const main = await mainThreadOf(client);
    const secretary = (await client.get<{ assistant_id: string }>(`/api/threads/${main}`)).body.assistant_id;
    const talks = await Promise.all(
      Array.from({ length: THREADS }, async (): Promise<Talk> => {
        const { body } = await client.post<{ id: string }>('/api/threads', { assistant_id: secretary });
        return { thread: body.id, accepted: new Map() };
      }),
    );
    const from = Date.now() + 3_000;
    const reminders: ReminderRecord[] = [];
    for (let index = 0; index < REMINDERS; index += 1) {
      // Some at the same instant, some alone.
      const trigger_at = new Date(from + random.between(0, SPREAD_MS / 500) * 500).toISOString();
      const body = { type: 'one_time', text: `promise ${index}`, trigger_at };
      reminders.push((await client.post<ReminderRecord>('/api/reminders', body)).body);
    }
    expect(new Set(reminders.map(({ id }) => id)).size).toBe(REMINDERS);

    let over = false;
    const talking = Promise.all(talks.map(async (one) => await talk(client, one, () => over)));
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Sometimes just after it came up, when it catches up on what it missed.
      await sleep(random.between(0, 2_000));
      if (kill % 2 === 0) await oneMoreInEach(talks);
      await famulus.kill9();
      famulus = await startProgram({ dataDir, port });
    }
    over = true;
    await talking;

    await until(
      'all reminders have come',
      async () => {
        const active = await readAll<ReminderRecord>(client, '/api/reminders?status=active');
        return active.length === 0;
      },
      SETTLE_MS,
    );
    for (const { thread, accepted } of talks) {
      const messages = await until(
        'every message has its reply',
        async () => {
          const all = await readAll<MessageRecord>(client, `/api/threads/${thread}/messages`);
          const open = all.filter(({ status }) => status === 'pending' || status === 'streaming');
          return open.length === 0 && all.length % 2 === 0 && all;
        },
        SETTLE_MS,
      );
      expectAnswered(messages, accepted);
    }
    await expectToldOnce(client, main, reminders);
  } finally {
    await famulus.stop();
    await removeDataDir(dataDir);
  }
});

function expectAnswered(messages: MessageRecord[], accepted: Map<string, string>): void {
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  const questions = messages.filter(({ role }) => role === 'user');
  const replies = messages.filter(({ role }) => role === 'assistant');
  expect(accepted.size).toBeGreaterThanOrEqual(KILLS / 2);
  expect(questions.map(({ external_id, id }) => [external_id, id])).toEqual([...accepted]);
  expect(replies.map(({ turn_id }) => turn_id).toSorted()).toEqual(
    questions.map(({ turn_id }) => turn_id).toSorted(),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set(['complete']));
}

async function expectToldOnce(
  client: Client,
  mainThread: string,
  reminders: ReminderRecord[],
): Promise<void> {
  const notifications = await readAll<NotificationRecord>(client, '/api/notifications');
  const told = notifications.filter(({ kind }) => kind === 'reminder').map(({ subject }) => subject ?? '');
  expect(told.toSorted()).toEqual(reminders.map(({ id }) => `reminder:${id}`).toSorted());
  const late: number[] = [];
  for (const { id, next_fire_at } of reminders) {
    const occurrences = await readAll<OccurrenceRecord>(client, `/api/reminders/${id}/occurrences`);
    expect(occurrences).toMatchObject([{ due_at: next_fire_at, fate: 'delivered' }]);
    late.push(occurrences[0]!.late_ms!);
  }
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  const spoken = await until(
    'all are said in the main thread',
    async () => {
      const all = await readAll<MessageRecord>(client, `/api/threads/${mainThread}/messages`);
      return all.length >= reminders.length && all;
    },
    SETTLE_MS,
  );
  expect(spoken).toHaveLength(reminders.length);
  expect(spoken.map(({ seq }) => seq)).toEqual(spoken.map((_, index) => index + 1));
}
