import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { approvalsOf } from '#features/approvals/index.ts';
import { defineDatabaseTool } from '#features/tools/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { echo, scriptedModel, turnStage, turnTool } from '#test/turns.ts';
import { until } from '#test/until.ts';
import { stopTurn } from '../stop-turn.ts';

const db = testDatabase();
const stage = turnStage(db);
const offline = scriptedModel(() => ({ text: ['offline here'] }));

describe('stop', () => {
  async function stop(thread: { user_id: string; thread_id: string }, turnId?: string): Promise<boolean> {
    return await stage.front.database.asUser(
      thread.user_id,
      async (tx) => await stopTurn(tx, thread.thread_id, turnId),
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

  test('that waits while the turn ends does not stop the next', async () => {
    const thread = await stage.thread();
    const [one, two] = [await thread.send('one'), await thread.send('two')];
    const key = `thread:${thread.thread_id}`;
    // The end of the first turn, up to its commit.
    await db.owner.query('begin');
    await db.owner.query('update lanes set head_seq = head_seq + 1 where key = $1', [key]);
    const stopping = stop(thread);
    try {
      await until('the stop waits for the lane', async () => {
        // Within a transaction it is looked at once otherwise.
        await db.owner.query('select pg_stat_clear_snapshot()');
        const { rowCount } = await db.owner.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount! > 0;
      });
    } finally {
      await db.owner.query('commit');
    }
    expect(await stopping).toBe(false);
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(echo) } });
    expect(await thread.reply(two)).toMatchObject({ status: 'complete' });
    expect((await thread.messages()).some((m) => m.turn_id === one.turn_id && m.role === 'assistant')).toBe(
      false,
    );
  });

  test('that is heard of after the turn has ended does not stop the next', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const tool = turnTool(
      defineDatabaseTool({
        tool_type: 'time',
        description: 'Waits',
        input: z.strictObject({}),
        execute: async () => {
          begin();
          await released;
          return {};
        },
      }),
      { name: 'wait' },
    );
    const model = scriptedModel(({ prompt }) =>
      prompt.at(-1)?.role === 'tool'
        ? { text: ['waited'] }
        : { calls: [{ id: 'a', name: 'wait', input: {} }] },
    );
    const one = await stage.assistant({ models: { 'builtin/offline': model }, tools: [tool] });
    const thread = await stage.thread();
    const message = await thread.send('two');
    await begun;
    one.signals.publish(`cancel:thread:${thread.thread_id}`);
    release();
    expect(await thread.reply(message)).toMatchObject({ status: 'complete' });
  });

  test('of a turn that is named stops that one only, and none that is over', async () => {
    const thread = await stage.thread();
    const [one, two] = [await thread.send('one'), await thread.send('two')];
    expect(await stop(thread, two.turn_id)).toBe(false);
    expect(await stop(thread, one.turn_id)).toBe(true);
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(echo) } });
    expect(await thread.reply(one)).toMatchObject({ status: 'stopped' });
    expect(await thread.reply(two)).toMatchObject({ status: 'complete' });
    expect(await stop(thread, one.turn_id)).toBe(false);
  });

  test('of no turn in particular ends what runs and what waits for the user', async () => {
    const pay = defineDatabaseTool({
      tool_type: 'memory',
      description: 'Pays',
      input: z.strictObject({}),
      execute: async () => await Promise.resolve({}),
    });
    const model = scriptedModel(({ prompt }) =>
      JSON.stringify(prompt.at(-1)).includes('pay')
        ? { calls: [{ id: 'a', name: 'pay', input: {} }] }
        : { text: ['once upon'], hang: true },
    );
    await stage.assistant({
      models: { 'test/slow': model },
      tools: [turnTool(pay, { name: 'pay', approval: 'ask' })],
    });
    const thread = await stage.thread();
    const waits = await thread.send('pay');
    const { id } = await thread.reply(waits);
    const { promise: spoken, resolve } = Promise.withResolvers<void>();
    stage.front.signals.subscribe(`delta:${thread.user_id}`, () => resolve());
    const runs = await thread.send('tell');
    await spoken;
    expect(await stop(thread)).toBe(true);
    expect(await thread.reply(waits)).toMatchObject({ status: 'stopped' });
    expect(await thread.reply(runs)).toMatchObject({ status: 'stopped' });
    const approvals = await stage.front.database.asSystem(async (tx) => await approvalsOf(tx, id));
    expect(approvals).toMatchObject([{ status: 'expired' }]);
    expect(await stop(thread)).toBe(false);
  });

  test('knows no turn of another thread', async () => {
    const [thread, another] = [await stage.thread(), await stage.thread()];
    const { turn_id } = await another.send('elsewhere');
    for (const id of [turn_id, newId()]) {
      await expect(stop(thread, id)).rejects.toMatchObject({ problems: [{ path: 'turn_id' }] });
    }
  });
});
