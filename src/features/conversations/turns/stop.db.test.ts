import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { echo, scriptedModel, turnStage } from '#test/turns.ts';
import { stopTurn } from '../service.ts';

const stage = turnStage(testDatabase());
const offline = scriptedModel(() => ({ text: ['offline here'] }));

describe('stop', () => {
  async function stop(thread: { user_id: string; thread_id: string }): Promise<boolean> {
    return await stage.front.database.asUser(
      thread.user_id,
      async (tx) => await stopTurn(tx, thread.thread_id),
    );
  }

  test('says so when there is nothing to stop', async () => {
    expect(await stop(await stage.thread())).toBe(false);
  });

  test('ends a running turn within a second, keeps what was said, and lets the next message be answered', async () => {
    const model = scriptedModel((request, count) =>
      count === 1 ? { text: ['once upon'], hang: true } : echo(request, count),
    );
    const one = await stage.assistant({ models: { 'test/slow': model, 'builtin/offline': offline } });
    const thread = await stage.thread();
    const started = new Promise<void>((resolve) => {
      stage.front.signals.subscribe(`delta:${thread.user_id}`, () => resolve());
    });
    const message = await thread.send('tell');
    await started;
    const at = performance.now();
    expect(await stop(thread)).toBe(true);
    const reply = await thread.reply(message);
    expect(performance.now() - at).toBeLessThan(1_000);
    expect(reply).toMatchObject({ status: 'stopped', parts: [{ type: 'text', text: 'once upon' }] });
    expect(await thread.reply(await thread.send('and now?'))).toMatchObject({ status: 'complete' });
    expect(one.results).toHaveLength(2);
  });

  test('before the turn has begun leaves a stopped reply of nothing', async () => {
    const thread = await stage.thread();
    const message = await thread.send('tell');
    expect(await stop(thread)).toBe(true);
    const model = scriptedModel(echo);
    await stage.assistant({ models: { 'test/echo': model, 'builtin/offline': offline } });
    expect(await thread.reply(message)).toMatchObject({ status: 'stopped', parts: [], model: null });
    expect(model.doStreamCalls).toHaveLength(0);
  });

  test('a thread that is deleted under its turn is gone, and its lane goes on', async () => {
    const model = scriptedModel(() => ({ text: ['once upon'], hang: true }));
    const one = await stage.assistant({ models: { 'test/slow': model, 'builtin/offline': offline } });
    const thread = await stage.thread();
    const started = new Promise<void>((resolve) => {
      stage.front.signals.subscribe(`delta:${thread.user_id}`, () => resolve());
    });
    await thread.send('tell');
    await started;
    await stage.front.database.asUser(thread.user_id, async (tx) => {
      await stopTurn(tx, thread.thread_id);
      await tx.db.deleteFrom('threads').where('id', '=', thread.thread_id).execute();
    });
    await expect.poll(() => one.results).toEqual([{ result: 'finished' }]);
    expect(await thread.messages()).toEqual([]);
  });
});
