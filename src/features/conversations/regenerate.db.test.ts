import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineDatabaseTool } from '#features/tools/index.ts';
import type { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { crashingAt, type CrashPoint } from '#test/crashing-at.ts';
import { testDatabase } from '#test/database.ts';
import {
  echo,
  scriptedModel,
  scriptedTurns,
  startTestProcess,
  turnStage,
  type Script,
  type TestProcess,
  type TestThread,
  turnTool,
} from '#test/turns.ts';
import type { Message } from './contract.ts';
import { textOf } from './parts.ts';
import { regenerate } from './regenerate.ts';
import { stopTurn } from './stop-turn.ts';

const db = testDatabase({ poolSize: 10 });
const stage = turnStage(db);
/** They take a second to come to rest. */
const dead: TestProcess[] = [];

afterAll(async () => {
  await Promise.all(dead.map(async (one) => await one.stop()));
});

async function again({ user_id, thread_id }: TestThread): Promise<Message> {
  return await stage.front.database.asUser(user_id, async (tx) => await regenerate(tx, thread_id));
}

async function countsOf(thread: TestThread, message: Message) {
  const replies = (await thread.messages()).filter(
    ({ turn_id, role }) => turn_id === message.turn_id && role === 'assistant',
  );
  return { all: replies.length, standing: replies.filter((reply) => reply.superseded_by === null).length };
}

/** An effect that can be counted: a row each time. */
const remember = turnTool(
  defineDatabaseTool({
    tool_type: 'memory',
    description: 'Remembers',
    input: z.strictObject({ what: z.string() }),
    execute: async (tx, { what }, { user_id }) => {
      const id = newId();
      await tx.db
        .insertInto('memories')
        .values({ id, user_id, key: `${what} ${id}`, value: what, source: 'user' })
        .execute();
      return { id };
    },
  }),
  { name: 'remember', description: 'Remembers' },
);

async function effects({ user_id }: TestThread): Promise<string[]> {
  const { rows } = await db.owner.query<{ value: string }>(
    'select value from memories where user_id = $1 order by value',
    [user_id],
  );
  return rows.map(({ value }) => value);
}

const call = (what: string) => ({ id: what, name: 'remember', input: { what } });
/** By how many steps' results the model is shown. */
const steps =
  (...answers: ReturnType<Script>[]): Script =>
  ({ prompt }) =>
    answers[prompt.filter(({ role }) => role === 'tool').length] ?? {};
const script = (answer: Script) => ({
  models: { 'builtin/offline': scriptedModel(answer) },
  tools: [remember],
});

/** A thread whose only message was answered so, by a process that is gone. */
async function answered(answer: Script): Promise<{ thread: TestThread; message: Message; reply: Message }> {
  const one = await stage.assistant({ ...script(answer), limits: { retries: 0 } });
  const thread = await stage.thread();
  const message = await thread.send('milk');
  const reply = await thread.reply(message);
  await one.stop();
  return { thread, message, reply };
}

describe('regenerate', () => {
  test('makes the last reply anew; the old one stays in the list, and no model is shown it', async () => {
    const { thread, message, reply } = await answered(() => ({ text: ['old words'] }));
    expect(await again(thread)).toEqual(message);
    const opened = (await thread.messages()).at(-1)!;
    expect(opened).toMatchObject({ seq: 3, role: 'assistant', status: 'pending', parts: [] });
    expect(opened.turn_id).toBe(message.turn_id);

    const model = scriptedModel(() => ({ text: ['new words'] }));
    await stage.assistant({ models: { 'builtin/offline': model } });
    const anew = await thread.reply(message);
    expect(anew).toMatchObject({ id: opened.id, status: 'complete', superseded_by: null });
    expect(textOf(anew.parts)).toBe('new words');
    expect(await thread.messages()).toMatchObject([
      { id: message.id, superseded_by: null },
      { id: reply.id, status: 'complete', parts: reply.parts, superseded_by: anew.id },
      { id: anew.id },
    ]);
    await thread.reply(await thread.send('and?'));
    for (const { prompt } of model.doStreamCalls) expect(JSON.stringify(prompt)).not.toContain('old words');
    expect(JSON.stringify(model.doStreamCalls[1]?.prompt)).toContain('new words');
  });

  test('tells of it: what is void, what took its place, and the rest as of every reply', async () => {
    const { thread, message, reply } = await answered(echo);
    await again(thread);
    await stage.assistant(script(echo));
    const anew = await thread.reply(message);
    const { rows } = await db.owner.query<{ type: string; payload: object }>(
      'select type, payload from events where user_id = $1 order by seq',
      [thread.user_id],
    );
    const common = { thread_id: thread.thread_id, turn_id: message.turn_id, role: 'assistant' };
    const { id: message_id } = anew;
    expect(rows.slice(3)).toEqual([
      {
        type: 'message.reset',
        payload: { ...common, message_id: reply.id, status: 'complete', superseded_by: anew.id },
      },
      { type: 'message.created', payload: { ...common, message_id, status: 'pending' } },
      { type: 'message.reset', payload: { ...common, message_id, status: 'streaming' } },
      { type: 'message.completed', payload: { ...common, message_id, status: 'complete' } },
    ]);
  });

  test('takes over what tools have done, and writes only the words after it anew', async () => {
    const { thread, message, reply } = await answered(
      steps({ text: ['Let me see. '], calls: [call('milk')] }, { text: ['Done.'] }),
    );
    await again(thread);
    const model = scriptedModel(steps({ calls: [call('again')] }, { text: ['Noted!'] }));
    await stage.assistant({ models: { 'builtin/offline': model }, tools: [remember] });
    const anew = await thread.reply(message);
    expect(anew.parts).toEqual([...reply.parts.slice(0, 2), { type: 'text', text: 'Noted!' }]);
    expect(model.doStreamCalls).toHaveLength(1);
    expect(await effects(thread)).toEqual(['milk']);
    // What the first one used is told there.
    expect(anew.usage).toEqual({ input_tokens: 10, output_tokens: 5 });
  });

  test('goes on where a failed reply broke off', async () => {
    const { thread, message, reply } = await answered(
      steps({ calls: [call('milk')] }, { error: new Error('out of order') }),
    );
    expect(reply.status).toBe('failed');
    await again(thread);
    await stage.assistant(script(steps({ calls: [call('again')] }, { text: ['Noted.'] })));
    expect(await thread.reply(message)).toMatchObject({
      status: 'complete',
      error: null,
      parts: [{ toolCallId: 'milk', state: 'output-available' }, { text: 'Noted.' }],
    });
    expect(await effects(thread)).toEqual(['milk']);
  });

  test('stopped before it has begun, it is a stopped reply with what tools have done', async () => {
    const { thread, message } = await answered(steps({ calls: [call('milk')] }, { text: ['Done.'] }));
    await again(thread);
    await stage.front.database.asUser(thread.user_id, async (tx) => await stopTurn(tx, thread.thread_id));
    await stage.assistant(script(echo));
    expect(await thread.reply(message)).toMatchObject({
      status: 'stopped',
      parts: [{ toolCallId: 'milk', state: 'output-available' }],
    });
    // And once more.
    await again(thread);
    expect(await thread.reply(message)).toMatchObject({ status: 'complete', parts: [{}, { type: 'text' }] });
    expect(await countsOf(thread, message)).toEqual({ all: 3, standing: 1 });
  });

  test('is refused while a turn waits, and where there is none', async () => {
    const thread = await stage.thread();
    await expect(again(thread)).rejects.toMatchObject({ code: 'threads.no_turn', kind: 'conflict' });
    await thread.send('hello');
    await expect(again(thread)).rejects.toMatchObject({ code: 'threads.reply_pending', kind: 'conflict' });
    expect(await thread.messages()).toHaveLength(1);
  });

  test('asked for many times at once, it is done once', async () => {
    const { thread, message } = await answered(echo);
    const asked = await Promise.allSettled(Array.from({ length: 8 }, async () => await again(thread)));
    const refusals = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as AppError] : []));
    expect(refusals.map(({ code }) => code)).toEqual(
      Array.from({ length: 7 }, () => 'threads.reply_pending'),
    );
    expect(await countsOf(thread, message)).toEqual({ all: 2, standing: 1 });
  });
});

describe('a worker that dies while it makes a reply anew', () => {
  /** Opening, the call of step 2, its result, and the end. */
  const points = [1, 2, 3, 4].flatMap((transaction): CrashPoint[] => [
    { transaction, when: 'before' },
    { transaction, when: 'after' },
  ]);

  test.each(points)('$when its transaction $transaction', async (point) => {
    const { thread, message } = await answered(steps({ calls: [call('milk')] }, { text: ['Done.'] }));
    const anew = script(steps({}, { calls: [call('eggs')] }, { text: ['All noted.'] }));
    const { promise: crashed, resolve } = Promise.withResolvers<void>();
    const one = await startTestProcess(db, (signals) =>
      crashingAt(scriptedTurns(signals, anew), point, resolve),
    );
    dead.push(one);
    await again(thread);
    await crashed;
    await one.kill();
    expect(await countsOf(thread, message)).toEqual({ all: 2, standing: 1 });
    await stage.assistant(anew);
    expect(await thread.reply(message)).toMatchObject({
      seq: 3,
      status: 'complete',
      parts: [{ toolCallId: 'milk' }, { toolCallId: 'eggs' }, { type: 'text', text: 'All noted.' }],
    });
    expect(await effects(thread)).toEqual(['eggs', 'milk']);
    expect(await countsOf(thread, message)).toEqual({ all: 2, standing: 1 });
    expect((await thread.messages()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});
