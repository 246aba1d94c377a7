import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineDatabaseTool } from '#features/tools/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { testDatabase } from '#test/database.ts';
import { echo, scriptedModel, turnStage, type Script, turnTool } from '#test/turns.ts';
import { textOf } from '../parts.ts';
import { stopTurn } from '../stop-turn.ts';
import type { TurnTool } from './turn-tool.ts';

const stage = turnStage(testDatabase());

const offline = scriptedModel(() => ({ text: ['offline here'] }));

function noteTool(execute: (words: string) => unknown = (words) => ({ noted: words })): TurnTool {
  const executor = defineDatabaseTool({
    tool_type: 'memory',
    description: 'Notes words',
    input: z.strictObject({ words: z.string() }),
    execute: async (_, { words }) => await Promise.resolve(execute(words) as never),
  });
  return turnTool(executor, { name: 'note', description: 'Notes words' });
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
    await stage.assistant({ models: { 'test/echo': scriptedModel(echo), 'builtin/offline': offline } });
    const thread = await stage.thread();
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
    await stage.assistant({ models: { 'test/echo': model, 'builtin/offline': offline } });
    const thread = await stage.thread();
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
    await stage.assistant({
      models: { 'test/tools': model, 'builtin/offline': offline },
      tools: [noteTool()],
    });
    const thread = await stage.thread();
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
    await stage.assistant({ models: { 'test/tools': model, 'builtin/offline': offline }, tools });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('do it'));
    expect(reply.status).toBe('complete');
    expect(textOf(reply.parts)).toContain(words);
    expect(textOf(reply.parts)).not.toContain('secret detail');
  });

  test('ends with clear words when the model never stops calling tools', async () => {
    const model = scriptedModel((_, count) => ({
      calls: [{ id: 'a', name: 'note', input: { words: `${count}` } }],
    }));
    await stage.assistant({
      models: { 'test/loop': model, 'builtin/offline': offline },
      tools: [noteTool()],
      settings: { max_steps: 3 },
    });
    const thread = await stage.thread();
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
    await stage.assistant({
      models: { 'test/a': model, 'builtin/offline': offline },
      tools: [noteTool()],
    });
    const thread = await stage.thread();
    let heard = '';
    const unsubscribe = stage.front.signals.subscribe(`delta:${thread.user_id}`, (data) => {
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
    await stage.assistant({
      models: { 'test/slow': model, 'builtin/offline': offline },
      limits: { flush_ms: 10, silence_ms: 10_000 },
    });
    const thread = await stage.thread();
    const message = await thread.send('tell');
    await expect
      .poll(async () => (await thread.messages()).at(1)?.parts)
      .toEqual([{ type: 'text', text: 'once upon a time', state: 'streaming' }]);
    await stage.front.database.asUser(thread.user_id, async (tx) => await stopTurn(tx, thread.thread_id));
    expect((await thread.reply(message)).status).toBe('stopped');
  });

  test('stores text that PostgreSQL would refuse', async () => {
    const model = scriptedModel(() => ({ text: ['a\0b\ud83d', ' \\u0000 c'] }));
    await stage.assistant({ models: { 'test/odd': model, 'builtin/offline': offline } });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('go'));
    expect(textOf(reply.parts)).toBe('a\ufffdb\ufffd \\u0000 c');
  });

  test.each([
    ['the name', { id: 'a', name: 'no\0te\ud83d' }, { type: 'tool-no\ufffdte\ufffd', state: 'output-error' }],
    ['the id', { id: 'a\0\ud83d', name: 'note' }, { toolCallId: 'a\ufffd\ufffd', state: 'output-available' }],
  ])('carries on when PostgreSQL would refuse %s of a call', async (_, call, part) => {
    const model = scriptedModel(callsThenTells({ ...call, input: { words: 'milk' } }));
    await stage.assistant({
      models: { 'test/odd': model, 'builtin/offline': offline },
      tools: [noteTool()],
    });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('go'));
    expect(reply).toMatchObject({ status: 'complete', model: 'test/odd' });
    expect(reply.parts[1]).toMatchObject(part);
  });
});
