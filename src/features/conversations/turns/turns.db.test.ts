import { APICallError } from '@ai-sdk/provider';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineDatabaseTool } from '#features/tools/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { testDatabase } from '#test/database.ts';
import {
  echo,
  scriptedModel,
  scriptedTurns,
  startTestProcess,
  testThread,
  type Script,
  type TestProcess,
  type TurnScript,
} from '#test/turns.ts';
import { textOf } from '../parts.ts';
import { stopTurn } from '../service.ts';
import type { TurnTool } from './call-tool.ts';

const db = testDatabase();
const processes: TestProcess[] = [];
/** Where the user is. */
let front: TestProcess;

beforeAll(async () => {
  front = await startTestProcess(db);
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map(async (one) => await one.stop()));
});
afterAll(async () => {
  await front.stop();
});

async function assistantProcess(script: TurnScript): Promise<TestProcess> {
  const started = await startTestProcess(db, (signals) => scriptedTurns(signals, script));
  processes.push(started);
  return started;
}

const offline = scriptedModel(() => ({ text: ['offline here'] }));

function noteTool(execute: (words: string) => unknown = (words) => ({ noted: words })): TurnTool {
  const executor = defineDatabaseTool({
    tool_type: 'memory',
    description: 'Notes words',
    input: z.strictObject({ words: z.string() }),
    execute: async (_, { words }) => await Promise.resolve(execute(words) as never),
  });
  return { name: 'note', description: 'Notes words', approval: 'auto', executor };
}

/** Asks for the calls, then says what came back. */
function callsThenTells(...calls: { id: string; name: string; input: unknown }[]): Script {
  return ({ prompt }) => {
    const last = prompt.at(-1);
    if (last?.role !== 'tool') return { text: ['Let me see. '], calls };
    return {
      text: [JSON.stringify(last.content.map((part) => (part.type === 'tool-result' ? part.output : part)))],
    };
  };
}

describe('a turn', () => {
  test('answers every message once, in order', async () => {
    await assistantProcess({ models: { 'test/echo': scriptedModel(echo), 'builtin/offline': offline } });
    const thread = await testThread(db, front);
    const sent = [];
    for (const text of ['one', 'two', 'three']) sent.push(await thread.send(text));
    for (const message of sent) {
      const reply = await thread.reply(message);
      expect(reply).toMatchObject({
        turn_id: message.turn_id,
        role: 'assistant',
        status: 'complete',
        model: 'test/echo',
        usage: { input_tokens: 10, output_tokens: 5 },
        parts: [{ type: 'text', text: `you said: ${textOf(message.parts)}` }],
      });
    }
    const messages = await thread.messages();
    expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(messages.filter(({ role }) => role === 'assistant').map(({ parts }) => textOf(parts))).toEqual([
      'you said: one',
      'you said: two',
      'you said: three',
    ]);
  });

  test('shows the model its instructions, the thread so far, and each question before its answer', async () => {
    const model = scriptedModel(echo);
    await assistantProcess({ models: { 'test/echo': model, 'builtin/offline': offline } });
    const thread = await testThread(db, front);
    const [, second] = [await thread.send('one'), await thread.send('two')];
    await thread.reply(second);
    const prompt = model.doStreamCalls[1]?.prompt;
    expect(prompt?.[0]).toMatchObject({ role: 'system' });
    expect(prompt?.[0]?.content).toContain('Be brief.');
    expect(prompt?.[0]?.content).toContain('Europe/Berlin');
    expect(prompt?.slice(1)).toMatchObject([
      { role: 'user', content: [{ type: 'text', text: 'one' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'you said: one' }] },
      { role: 'user', content: [{ type: 'text', text: 'two' }] },
    ]);
  });

  test('carries out tools and shows the model their results', async () => {
    const model = scriptedModel(callsThenTells({ id: 'a', name: 'note', input: { words: 'milk' } }));
    await assistantProcess({
      models: { 'test/tools': model, 'builtin/offline': offline },
      tools: [noteTool()],
    });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('note milk'));
    expect(reply.parts).toEqual([
      { type: 'text', text: 'Let me see. ' },
      {
        type: 'tool-note',
        toolCallId: 'a',
        state: 'output-available',
        input: { words: 'milk' },
        output: { noted: 'milk' },
        toolMetadata: { step: 1 },
      },
      { type: 'text', text: '[{"type":"json","value":{"noted":"milk"}}]' },
    ]);
    expect(reply.usage).toEqual({ input_tokens: 20, output_tokens: 10 });
    expect(model.doStreamCalls[0]?.tools).toMatchObject([{ name: 'note', description: 'Notes words' }]);
    expect(await thread.events()).toEqual([
      'message.created',
      'message.created',
      'tool.started',
      'tool.finished',
      'message.completed',
    ]);
  });

  test.each<[string, TurnTool[], { name: string; input: unknown }, string]>([
    ['there is none of that name', [noteTool()], { name: 'fly', input: {} }, 'fly'],
    ['its input is no JSON', [noteTool()], { name: 'note', input: '{"words":' }, 'note'],
    ['its input is wrong', [noteTool()], { name: 'note', input: { words: 7 } }, 'expected string'],
    [
      'it is denied',
      [{ ...noteTool(), approval: 'deny' }],
      { name: 'note', input: { words: 'x' } },
      'does not allow',
    ],
    [
      'it would have to ask',
      [{ ...noteTool(), approval: 'ask' }],
      { name: 'note', input: { words: 'x' } },
      'approval',
    ],
    [
      'it refuses',
      [
        noteTool(() => {
          throw new AppError({ code: 'notes.full', kind: 'conflict', message: 'the notebook is full' });
        }),
      ],
      { name: 'note', input: { words: 'x' } },
      'the notebook is full',
    ],
    [
      'it breaks',
      [
        noteTool(() => {
          throw new TypeError('secret detail');
        }),
      ],
      { name: 'note', input: { words: 'x' } },
      'The tool failed',
    ],
  ])('tells the model when a tool cannot be used: %s', async (_, tools, call, words) => {
    const model = scriptedModel(callsThenTells({ id: 'a', ...call }));
    await assistantProcess({ models: { 'test/tools': model, 'builtin/offline': offline }, tools });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('do it'));
    expect(reply.status).toBe('complete');
    expect(textOf(reply.parts)).toContain(words);
    expect(textOf(reply.parts)).not.toContain('secret detail');
  });

  test('ends with clear words when the model never stops calling tools', async () => {
    const model = scriptedModel((_, count) => ({
      calls: [{ id: 'a', name: 'note', input: { words: `${count}` } }],
    }));
    await assistantProcess({
      models: { 'test/loop': model, 'builtin/offline': offline },
      tools: [noteTool()],
      settings: { max_steps: 3 },
    });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('go'));
    expect(model.doStreamCalls).toHaveLength(3);
    expect(reply.status).toBe('complete');
    expect(textOf(reply.parts)).toContain('3 steps');
    const ids = reply.parts.flatMap((part) => ('toolCallId' in part ? [part.toolCallId] : []));
    expect(new Set(ids).size).toBe(3);
  });

  test('streams text as deltas whose offsets fit, and never stores it twice', async () => {
    const model = scriptedModel(({ prompt }) =>
      prompt.at(-1)?.role === 'tool'
        ? { text: ['it ', 'is 🙂 ', 'done'] }
        : { text: ['I ', 'look. '], calls: [{ id: 'a', name: 'note', input: { words: 'x' } }] },
    );
    await assistantProcess({
      models: { 'test/a': model, 'builtin/offline': offline },
      tools: [noteTool()],
    });
    const thread = await testThread(db, front);
    let heard = '';
    const unsubscribe = front.signals.subscribe(`delta:${thread.user_id}`, (data) => {
      const delta = JSON.parse(data ?? '') as { message_id: string; offset: number; text: string };
      expect(delta.offset).toBe(heard.length);
      heard += delta.text;
    });
    const reply = await thread.reply(await thread.send('go'));
    unsubscribe();
    expect(heard).toBe('I look. it is 🙂 done');
    expect(textOf(reply.parts)).toBe(heard);
  });

  test('stores text while it comes', async () => {
    const model = scriptedModel(() => ({ text: ['once upon ', 'a time'], hang: true }));
    await assistantProcess({
      models: { 'test/slow': model, 'builtin/offline': offline },
      limits: { flush_ms: 10, silence_ms: 10_000 },
    });
    const thread = await testThread(db, front);
    const message = await thread.send('tell');
    await expect
      .poll(async () => (await thread.messages()).at(1)?.parts)
      .toEqual([{ type: 'text', text: 'once upon a time', state: 'streaming' }]);
    await front.database.asUser(thread.user_id, async (tx) => await stopTurn(tx, thread.thread_id));
    expect((await thread.reply(message)).status).toBe('stopped');
  });

  test('stores text that PostgreSQL would refuse', async () => {
    const model = scriptedModel(() => ({ text: ['a\0b\ud83d', ' \\u0000 c'] }));
    await assistantProcess({ models: { 'test/odd': model, 'builtin/offline': offline } });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('go'));
    expect(textOf(reply.parts)).toBe('a\ufffdb\ufffd \\u0000 c');
  });
});

function refused(status: number, headers: Record<string, string> = {}): APICallError {
  return new APICallError({
    message: `status ${status}`,
    url: 'http://provider.test',
    requestBodyValues: {},
    statusCode: status,
    responseHeaders: headers,
  });
}

describe('a model that fails', () => {
  test('is asked again when that may help', async () => {
    const model = scriptedModel((_, count) => (count < 3 ? { error: refused(503) } : { text: ['at last'] }));
    await assistantProcess({ models: { 'test/shaky': model, 'builtin/offline': offline } });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('go'));
    expect(reply).toMatchObject({ status: 'complete', model: 'test/shaky', parts: [{ text: 'at last' }] });
    expect(model.doStreamCalls).toHaveLength(3);
  });

  test('takes back what it had said before it broke off', async () => {
    const model = scriptedModel((_, count) =>
      count === 1 ? { text: ['half a sen'], error: refused(500) } : { text: ['a whole one'] },
    );
    await assistantProcess({ models: { 'test/shaky': model, 'builtin/offline': offline } });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('go'));
    expect(reply.parts).toEqual([{ type: 'text', text: 'a whole one' }]);
    expect(await thread.events()).toEqual([
      'message.created',
      'message.created',
      'message.reset',
      'message.completed',
    ]);
  });

  test.each<[string, Script, number]>([
    ['refuses', () => ({ error: refused(401) }), 1],
    ['is overloaded', () => ({ error: refused(429) }), 3],
    ['is overloaded for long', () => ({ error: refused(429, { 'retry-after': '3600' }) }), 1],
    ['is silent', () => ({ text: ['well'], hang: true }), 3],
    ['answers nothing', () => ({ text: [' '] }), 3],
    ['answers garbage', () => ({ error: new SyntaxError('Unexpected token <') }), 3],
  ])('gives way to the next one: %s', async (_, script, asked) => {
    const first = scriptedModel(script);
    const second = scriptedModel(() => ({ error: refused(400) }));
    await assistantProcess({
      models: { 'test/first': first, 'test/second': second, 'builtin/offline': offline },
      settings: { fallback_models: ['test/second', 'test/unknown'] },
      limits: { silence_ms: 50 },
    });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('go'));
    expect(reply).toMatchObject({
      status: 'complete',
      model: 'builtin/offline',
      parts: [{ text: 'offline here' }],
    });
    expect(first.doStreamCalls).toHaveLength(asked);
    expect(second.doStreamCalls).toHaveLength(1);
    const { rows } = await db.owner.query('select type, level from activity where user_id = $1', [
      thread.user_id,
    ]);
    expect(rows).toEqual([{ type: 'model.fallback', level: 'warning' }]);
  });

  test('makes a failed reply that says why when there is no other, and the next message is answered', async () => {
    let broken = true;
    const model = scriptedModel((request, count) =>
      broken ? { error: refused(401) } : echo(request, count),
    );
    await assistantProcess({ models: { 'builtin/offline': model } });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('go'));
    expect(reply).toMatchObject({ status: 'failed', parts: [], model: null });
    expect(reply.error).toContain('status 401');
    expect((await thread.events()).at(-1)).toBe('message.failed');
    const { rows } = await db.owner.query('select type, level from activity where user_id = $1', [
      thread.user_id,
    ]);
    expect(rows).toEqual([{ type: 'message.failed', level: 'error' }]);
    broken = false;
    expect(await thread.reply(await thread.send('again'))).toMatchObject({ status: 'complete' });
  });

  test('does not hold a turn for ever', async () => {
    const model = scriptedModel(() => ({ text: ['I think'], hang: true }));
    await assistantProcess({
      models: { 'test/slow': model, 'builtin/offline': offline },
      limits: { turn_ms: 100, silence_ms: 60_000 },
    });
    const thread = await testThread(db, front);
    const reply = await thread.reply(await thread.send('go'));
    expect(reply).toMatchObject({ status: 'failed', parts: [{ type: 'text', text: 'I think' }] });
    expect(reply.error).toContain('longer');
  });
});

describe('stop', () => {
  async function stop(thread: { user_id: string; thread_id: string }): Promise<boolean> {
    return await front.database.asUser(thread.user_id, async (tx) => await stopTurn(tx, thread.thread_id));
  }

  test('says so when there is nothing to stop', async () => {
    expect(await stop(await testThread(db, front))).toBe(false);
  });

  test('ends a running turn within a second, keeps what was said, and lets the next message be answered', async () => {
    const model = scriptedModel((request, count) =>
      count === 1 ? { text: ['once upon'], hang: true } : echo(request, count),
    );
    const one = await assistantProcess({ models: { 'test/slow': model, 'builtin/offline': offline } });
    const thread = await testThread(db, front);
    const started = new Promise<void>((resolve) => {
      front.signals.subscribe(`delta:${thread.user_id}`, () => resolve());
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
    const thread = await testThread(db, front);
    const message = await thread.send('tell');
    expect(await stop(thread)).toBe(true);
    const model = scriptedModel(echo);
    await assistantProcess({ models: { 'test/echo': model, 'builtin/offline': offline } });
    expect(await thread.reply(message)).toMatchObject({ status: 'stopped', parts: [], model: null });
    expect(model.doStreamCalls).toHaveLength(0);
  });

  test('a thread that is deleted under its turn is gone, and its lane goes on', async () => {
    const model = scriptedModel(() => ({ text: ['once upon'], hang: true }));
    const one = await assistantProcess({ models: { 'test/slow': model, 'builtin/offline': offline } });
    const thread = await testThread(db, front);
    const started = new Promise<void>((resolve) => {
      front.signals.subscribe(`delta:${thread.user_id}`, () => resolve());
    });
    await thread.send('tell');
    await started;
    await front.database.asUser(thread.user_id, async (tx) => {
      await stopTurn(tx, thread.thread_id);
      await tx.db.deleteFrom('threads').where('id', '=', thread.thread_id).execute();
    });
    await expect.poll(() => one.results).toEqual([{ result: 'finished' }]);
    expect(await thread.messages()).toEqual([]);
  });
});

test('a turn that cannot be worked is given up with a failed reply', async () => {
  const work = async (): Promise<void> => await Promise.reject(new Error('it is broken'));
  const script = { models: { 'builtin/offline': offline } };
  processes.push(
    await startTestProcess(db, (signals) => ({ ...scriptedTurns(signals, script), maxAttempts: 1, work })),
  );
  const thread = await testThread(db, front);
  const reply = await thread.reply(await thread.send('go'));
  expect(reply).toMatchObject({ status: 'failed', seq: 2 });
  expect(reply.error).toContain('it is broken');
  expect((await thread.events()).at(-1)).toBe('message.failed');
});
