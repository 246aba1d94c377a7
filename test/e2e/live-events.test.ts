import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { EventReader } from '#test/event-reader.ts';
import { install, shapes, type Installation, type Person } from '#test/installation.ts';
import { ask, mainThreadOf, readAll, remind, said, type MessageRecord, type Sent } from '#test/records.ts';
import { startSlowModel, type SlowModel } from '#test/slow-model.ts';
import { until } from '#test/until.ts';

const storedIds = ({ received }: EventReader) =>
  received.flatMap(({ id }) => (id === undefined ? [] : [Number(id)]));

describe.for(shapes)('live events and turns, %s', (shape) => {
  let slow: SlowModel;
  let famulus: Installation;
  let ann: Person;
  let thread: string;

  beforeAll(async () => {
    slow = await startSlowModel(20);
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

  /** A thread with an assistant that takes its time to answer. */
  async function slowThread(): Promise<string> {
    const assistant = await ann.client.post<{ id: string }>('/api/assistants', {
      name: 'Slow',
      model: slow.model,
    });
    expect(assistant.status).toBe(201);
    const made = await ann.client.post<{ id: string }>('/api/threads', { assistant_id: assistant.body.id });
    expect(made.status).toBe(201);
    return made.body.id;
  }

  test('a stream that was cut goes on where it was: every event once, in order', async () => {
    // From the beginning: the person's token and thread were told of before.
    const first = await ann.client.events({ lastEventId: 0 });
    await ask(ann.client, thread, 'what time is it?');
    await first.waitFor(({ type }) => type === 'message.completed');
    await first.close();
    const cutAt = Number(first.lastEventId);
    // Nobody listens to this.
    await ask(ann.client, thread, 'what time is it in Tokyo?');
    const reminder = await remind(ann.client, 'listen', 600);
    await using resumed = await ann.client.events({ lastEventId: cutAt });
    await resumed.waitFor(
      ({ type, subject }) => type === 'reminder.fired' && subject === `reminder:${reminder.id}`,
    );
    await using whole = await ann.client.events({ lastEventId: 0 });
    // Now: more may come on both while the one catches up with the other.
    const last = Number(resumed.lastEventId);
    const stored = ({ id }: { id: string | undefined }) => id !== undefined && Number(id) <= last;
    await whole.waitFor(({ id }) => Number(id) >= last);

    const all = Array.from({ length: last }, (_, index) => index + 1);
    expect(storedIds(whole).slice(0, last)).toEqual(all);
    expect([...storedIds(first), ...storedIds(resumed).filter((id) => id <= last)]).toEqual(all);
    const bare = (reader: EventReader) =>
      reader.received.filter(stored).map(({ received_at: _, ...event }) => event);
    expect([...bare(first), ...bare(resumed)]).toEqual(bare(whole));
  });

  test('a subject alone can be followed', async () => {
    const reminder = await remind(ann.client, 'alone', 700);
    // From the beginning, should it have come before this stream was open.
    await using events = await ann.client.events({ subject: `reminder:${reminder.id}`, lastEventId: 0 });
    await remind(ann.client, 'another', 300);
    await events.waitFor(({ type }) => type === 'reminder.fired');
    expect(new Set(events.received.map(({ subject }) => subject))).toEqual(
      new Set([`reminder:${reminder.id}`]),
    );
  });

  test('a cursor from nowhere gets a reset, and then what happens from now on', async () => {
    await using events = await ann.client.events({ lastEventId: 999_999_999 });
    const reset = await events.waitFor(() => true);
    expect(reset).toMatchObject({ type: 'stream.reset', id: undefined });
    await remind(ann.client, 'after the reset', 200);
    const fired = await events.waitFor(({ type }) => type === 'reminder.fired');
    expect(Number(fired.id)).toBeGreaterThan((reset.payload as { last_seq: number }).last_seq);
  });

  test('a message sent several times under one id is one message with one reply', async () => {
    const other = await ann.client.post<{ id: string }>('/api/threads', {
      assistant_id: (await ann.client.get<{ assistant_id: string }>(`/api/threads/${thread}`)).body
        .assistant_id,
    });
    const path = `/api/threads/${other.body.id}/messages`;
    const body = { text: 'remember that my bike is blue', client_message_id: 'bike-1' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => await ann.client.post<Sent>(`${path}?wait=30`, body)),
    );
    const again = await ann.client.post<Sent>(path, body);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(again.status).toBe(202);
    const ids = [...answers, again].map((answer) => answer.body.message.id);
    expect(new Set(ids).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.body.reply!.id)).size).toBe(1);
    expect((await messages(other.body.id)).map(({ role, seq }) => [role, seq])).toEqual([
      ['user', 1],
      ['assistant', 2],
    ]);
    const changed = await ann.client.post<Sent>(path, { ...body, text: 'remember that my bike is red' });
    expect(changed.body.message).toEqual(again.body.message);
  });

  test('a reply that is stopped ends at once and keeps what was said', async () => {
    const slowly = await slowThread();
    await using events = await ann.client.events();
    const sent = await ann.client.post<Sent>(`/api/threads/${slowly}/messages`, {
      text: 'tell me everything',
    });
    expect(sent.status).toBe(202);
    await events.waitFor(({ type }) => type === 'message.delta');

    const asked = performance.now();
    expect((await ann.client.post(`/api/threads/${slowly}/stop`)).body).toEqual({ stopped: true });
    await events.waitFor(
      ({ type, payload }) => type === 'message.completed' && payload['thread_id'] === slowly,
    );
    expect(performance.now() - asked).toBeLessThan(1_000);
    const [, reply, ...more] = await messages(slowly);
    expect(more).toEqual([]);
    expect(reply).toMatchObject({ role: 'assistant', status: 'stopped', turn_id: sent.body.turn_id });
    expect(said(reply!)).toMatch(/^on and on/);
    expect((await ann.client.post(`/api/threads/${slowly}/stop`)).body).toEqual({ stopped: false });
  });

  test('text comes as it is written, and in the end is what the message says', async () => {
    const slowly = await slowThread();
    await using events = await ann.client.events();
    const sent = await ann.client.post<Sent>(`/api/threads/${slowly}/messages?wait=1`, {
      text: 'say something',
    });
    expect(sent.status).toBe(202);
    const deltas = () =>
      events.received.filter(({ type }) => type === 'message.delta').map(({ payload }) => payload);
    await until('more text', () => deltas().length > 5);
    await ann.client.post(`/api/threads/${slowly}/stop`);
    await events.waitFor(
      ({ type, payload }) => type === 'message.completed' && payload['thread_id'] === slowly,
    );
    let text = '';
    for (const { offset, text: delta } of deltas() as { offset: number; text: string }[]) {
      expect(offset).toBe(text.length);
      text += delta;
    }
    const [, reply] = await messages(slowly);
    expect(said(reply!).startsWith(text)).toBe(true);
  });

  test('turns of other threads go on beside a slow one', async () => {
    const slowly = await slowThread();
    await ann.client.post(`/api/threads/${slowly}/messages`, { text: 'take your time' });
    const { reply } = await ask(ann.client, thread, 'what time is it?');
    expect(reply.status).toBe('complete');
    const pending = (await messages(slowly)).filter(({ status }) => status === 'streaming');
    expect(pending.length).toBeLessThanOrEqual(1);
    await ann.client.post(`/api/threads/${slowly}/stop`);
  });
});
