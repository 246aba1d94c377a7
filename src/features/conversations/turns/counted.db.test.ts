import { describe, expect, test } from 'vitest';
import { removeThread } from '../remove-thread.ts';
import { testDatabase } from '#test/database.ts';
import { scriptedModel, turnStage, type Script, type TestThread, type TurnScript } from '#test/turns.ts';

const db = testDatabase();
const stage = turnStage(db);

interface Used {
  model: string;
  output_tokens: number;
  is_estimate: boolean;
}

/** In the order it was used. */
async function usedBy({ user_id }: TestThread): Promise<Used[]> {
  const { rows } = await db.owner.query<Used>(
    'select model, output_tokens::int, is_estimate from model_usage where user_id = $1 order by id',
    [user_id],
  );
  return rows;
}

const speaksOn: Script = () => ({ text: ['once upon a time'], hang: true });
const cutOff = { model: 'test/slow', output_tokens: 4, is_estimate: true };

/** A turn whose model speaks and comes to no end. */
async function speaking(script: Partial<TurnScript> = {}) {
  const one = await stage.assistant({ models: { 'test/slow': scriptedModel(speaksOn) }, ...script });
  const thread = await stage.thread();
  const { promise: spoken, resolve } = Promise.withResolvers<void>();
  stage.front.signals.subscribe(`delta:${thread.user_id}`, () => resolve());
  const message = await thread.send('tell');
  await spoken;
  return { one, thread, message };
}

describe('what a model was used for is counted', () => {
  test('where the thread is deleted while it speaks', async () => {
    const { one, thread } = await speaking();
    await stage.front.database.asUser(thread.user_id, async (tx) => await removeThread(tx, thread.thread_id));
    await expect.poll(() => one.results).toEqual([{ result: 'finished' }]);
    expect(await usedBy(thread)).toEqual([cutOff]);
  });

  test('where the process is shut down while it speaks, with the reply that goes on elsewhere', async () => {
    const { one, thread, message } = await speaking();
    const stopping = one.kill();
    await expect.poll(async () => await usedBy(thread)).toEqual([cutOff]);
    await stopping;
    await stage.assistant({ models: { 'test/slow': scriptedModel(() => ({ text: ['The end.'] })) } });
    const reply = await thread.reply(message);
    expect(reply).toMatchObject({ status: 'complete', usage: { output_tokens: 9 } });
    expect(await usedBy(thread)).toEqual([
      cutOff,
      { model: 'test/slow', output_tokens: 5, is_estimate: false },
    ]);
  });

  test('where the answer is empty, by what the provider says', async () => {
    await stage.assistant({
      models: {
        'test/mute': scriptedModel(() => ({ text: [' '] })),
        'builtin/offline': scriptedModel(() => ({ text: ['offline'] })),
      },
      limits: { retries: 1 },
    });
    const thread = await stage.thread();
    expect(await thread.reply(await thread.send('hello'))).toMatchObject({ model: 'builtin/offline' });
    const empty = { model: 'test/mute', output_tokens: 5, is_estimate: false };
    expect(await usedBy(thread)).toEqual([
      empty,
      empty,
      { model: 'builtin/offline', output_tokens: 5, is_estimate: false },
    ]);
  });

  test('where the answer is interrupted before it has a word, by our own estimate', async () => {
    await stage.assistant({
      models: {
        'test/cut': scriptedModel(() => ({ thought: 'Hm', text: [], error: new Error('cut') })),
        'builtin/offline': scriptedModel(() => ({ text: ['offline'] })),
      },
      limits: { retries: 0 },
    });
    const thread = await stage.thread();
    await thread.reply(await thread.send('hello'));
    expect(await usedBy(thread)).toMatchObject([
      { model: 'test/cut', output_tokens: 0, is_estimate: true },
      { model: 'builtin/offline' },
    ]);
  });
});
