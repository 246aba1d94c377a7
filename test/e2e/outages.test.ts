import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { install, shapes, type Installation, type Person } from '#test/installation.ts';
import { freePort } from '#test/free-port.ts';
import { runProgram } from '#test/program.ts';
import {
  ask,
  firedNotification,
  mainThreadOf,
  notificationsOf,
  readAll,
  remind,
  said,
  type MessageRecord,
  type ReminderRecord,
  type Sent,
} from '#test/records.ts';
import { startSlowModel, type SlowModel } from '#test/slow-model.ts';
import { until } from '#test/until.ts';

/** From the end of PostgreSQL until the API answers again. */
const RECOVERY_MS = 10_000;

describe.for(shapes)('outages, %s', (shape) => {
  let slow: SlowModel;
  let famulus: Installation;
  let ann: Person;
  let thread: string;

  beforeAll(async () => {
    slow = await startSlowModel(3);
    famulus = await install(shape, slow.env);
    ann = await famulus.person();
    thread = await mainThreadOf(ann.client);
  });
  afterAll(async () => {
    await famulus[Symbol.asyncDispose]();
    await slow[Symbol.asyncDispose]();
  });

  const messages = async (id = thread) =>
    await readAll<MessageRecord>(ann.client, `/api/threads/${id}/messages`);

  async function apiIsBack(): Promise<void> {
    await until(
      'the API answers',
      async () => (await ann.client.get('/api/me').catch(() => undefined))?.status === 200,
      RECOVERY_MS,
    );
  }

  /** Accepted while nobody answers, and answered when there is somebody to. */
  async function messageWaitsForAnAssistant(): Promise<void> {
    const path = `/api/threads/${thread}/messages?wait=1`;
    const { status, body } = await ann.client.post<Sent>(path, { text: 'what time is it?' });
    expect(status).toBe(202);
    await famulus.startAgain('assistant');
    await until('the reply', async () =>
      (await messages()).some(({ turn_id, role }) => turn_id === body.turn_id && role === 'assistant'),
    );
  }

  test('a second start with a service that runs is refused, and disturbs nothing', async () => {
    for (const services of ['scheduler', 'api,assistant,scheduler,courier']) {
      const args = ['start', '--data-dir', famulus.dataDir, '--port', String(await freePort())];
      const second = await runProgram([...args, '--services', services]);
      expect(second.code).toBe(1);
      expect(second.stdout).toBe('');
      expect(second.stderr).toMatch(/runs on this data directory already \(process \d+: \w+/);
    }
    const { reply } = await ask(ann.client, thread, 'what time is it?');
    expect(reply.status).toBe('complete');
    await firedNotification(ann.client, await remind(ann.client, 'undisturbed', 100));
  });

  test('when the process that runs PostgreSQL is killed, the others go on', async () => {
    const before = await remind(ann.client, 'due while it is away', 1_000);
    const owner = famulus.running('assistant');
    expect(await owner.kill9()).toEqual({ code: null, signal: 'SIGKILL' });
    // In one process nobody is left.
    if (shape === 'one process') await famulus.startAgain('assistant');
    await apiIsBack();
    await firedNotification(ann.client, before, RECOVERY_MS);
    const after = await remind(ann.client, 'set afterwards', 300);
    await firedNotification(ann.client, after);

    if (shape === 'several processes') await messageWaitsForAnAssistant();
    expect((await ask(ann.client, thread, 'what time is it?')).reply.status).toBe('complete');
    for (const { id } of [before, after]) expect(await notificationsOf(ann.client, id)).toHaveLength(1);
  });

  test('SIGTERM ends all with exit code 0 whatever is under way; a new start has everything and goes on', async () => {
    const { client } = ann;
    const assistant = await client.post<{ id: string }>('/api/assistants', {
      name: 'Slow',
      model: slow.model,
    });
    const { body: slowly } = await client.post<{ id: string }>('/api/threads', {
      assistant_id: assistant.body.id,
    });
    await client.post('/api/memories', { key: 'bike', value: 'blue' });
    const future = await remind(client, 'much later', 3_600_000);
    const soon = await remind(client, 'while it is stopped', 2_000);
    const kept = async () => [
      await readAll<ReminderRecord>(client, '/api/reminders?status=active'),
      await readAll(client, '/api/memories'),
      await messages(),
    ];

    const events = await client.events();
    const waiting = client.post<Sent>(`/api/threads/${slowly.id}/messages?wait=30`, {
      text: 'take your time',
    });
    await events.waitFor(({ type }) => type === 'message.delta');
    const [, ...before] = await kept();

    const exits = await famulus.stopAll();
    expect(exits).toEqual(exits.map(() => ({ code: 0, signal: null })));
    // Whoever waited got an answer, and who listened an end.
    expect([200, 202]).toContain((await waiting).status);
    expect(await events.ended).toBe(true);

    await until('it is due', () => Date.now() > Date.parse(soon.next_fire_at!));
    await famulus.startAll();
    await firedNotification(client, soon);
    expect(await notificationsOf(client, soon.id)).toHaveLength(1);
    const [reminders, memories, spoken] = await kept();
    expect((reminders as ReminderRecord[]).map(({ id }) => id)).toContain(future.id);
    expect(memories).toEqual(before[0]);
    expect((spoken as MessageRecord[]).slice(0, before[1]!.length)).toEqual(before[1]);

    const [question, reply, ...more] = await until(
      'the slow reply',
      async () => {
        const all = await messages(slowly.id);
        return all[1]?.status === 'complete' && all;
      },
      20_000,
    );
    expect(more).toEqual([]);
    expect(reply).toMatchObject({ role: 'assistant', turn_id: question!.turn_id });
    expect(said(reply!)).toMatch(/(on and on ){30}/);
  });
});
