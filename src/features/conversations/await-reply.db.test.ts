import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import {
  echo,
  scriptedModel,
  turnStage,
  type Script,
  type TestProcess,
  type TestThread,
} from '#test/turns.ts';
import { sendAndWait, type Waited } from './await-reply.ts';
import type { Message } from './contract.ts';

const db = testDatabase();
const stage = turnStage(db);

async function assistantProcess(script: Script): Promise<TestProcess> {
  return await stage.assistant({ models: { 'builtin/offline': scriptedModel(script) } });
}

async function ask(
  thread: TestThread,
  {
    wait_ms = 10_000,
    signal = new AbortController().signal,
    id,
  }: { wait_ms?: number; signal?: AbortSignal; id?: string },
): Promise<Waited<Message>> {
  return await sendAndWait(
    stage.front,
    { user_id: thread.user_id, wait_ms, signal },
    async () => await thread.send('hello', id),
  );
}

describe('sendAndWait', () => {
  test('hears of a reply that another process makes, sooner than it would find it by looking', async () => {
    await assistantProcess(echo);
    const thread = await stage.thread();
    const times: number[] = [];
    for (let n = 0; n < 5; n++) {
      const at = performance.now();
      const { sent, reply } = await ask(thread, {});
      times.push(performance.now() - at);
      expect(reply).toMatchObject({ turn_id: sent.turn_id, status: 'complete' });
    }
    expect(Math.min(...times)).toBeLessThan(500);
  });

  test('finds the reply without hints, too', async () => {
    await assistantProcess(echo);
    const thread = await stage.thread();
    const deaf = { database: stage.front.database, signals: db.signals };
    const options = { user_id: thread.user_id, wait_ms: 10_000, signal: new AbortController().signal };
    const { reply } = await sendAndWait(deaf, options, async () => await thread.send('hello'));
    expect(reply?.status).toBe('complete');
  });

  test('gives up when time runs out, and the same message sent again gets its one reply', async () => {
    const thread = await stage.thread();
    const first = await ask(thread, { wait_ms: 50, id: 'a' });
    expect(first.reply).toBeUndefined();
    const waiting = Promise.all([ask(thread, { id: 'a' }), ask(thread, { id: 'a' })]);
    await assistantProcess(echo);
    const [second, third] = await waiting;
    expect(second.sent).toEqual(first.sent);
    expect(second.reply).toMatchObject({ turn_id: first.sent.turn_id, status: 'complete' });
    expect(third).toEqual(second);
    expect(await ask(thread, { id: 'a' })).toEqual(second);
    expect(await thread.messages()).toHaveLength(2);
  });

  test('stops waiting when the client goes away; the message stays', async () => {
    const thread = await stage.thread();
    const client = new AbortController();
    const waiting = ask(thread, { signal: client.signal });
    await expect.poll(async () => (await thread.messages()).length).toBe(1);
    const at = performance.now();
    client.abort();
    expect((await waiting).reply).toBeUndefined();
    expect(performance.now() - at).toBeLessThan(500);
  });

  test('passes on what sending throws', async () => {
    const thread = await stage.thread();
    await db.owner.query('delete from threads where id = $1', [thread.thread_id]);
    await expect(ask(thread, { id: 'a' })).rejects.toMatchObject({ code: 'threads.not_found' });
  });
});
