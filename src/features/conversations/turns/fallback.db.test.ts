import { APICallError } from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { echo, scriptedModel, scriptedTurns, turnStage, type Script } from '#test/turns.ts';

const db = testDatabase();
const stage = turnStage(db);

const offline = scriptedModel(() => ({ text: ['offline here'] }));

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
    await stage.assistant({ models: { 'test/shaky': model, 'builtin/offline': offline } });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('go'));
    expect(reply).toMatchObject({ status: 'complete', model: 'test/shaky', parts: [{ text: 'at last' }] });
    expect(model.doStreamCalls).toHaveLength(3);
  });

  test('takes back what it had said before it broke off', async () => {
    const model = scriptedModel((_, count) =>
      count === 1 ? { text: ['half a sen'], error: refused(500) } : { text: ['a whole one'] },
    );
    await stage.assistant({ models: { 'test/shaky': model, 'builtin/offline': offline } });
    const thread = await stage.thread();
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
    await stage.assistant({
      models: { 'test/first': first, 'test/second': second, 'builtin/offline': offline },
      settings: { fallback_models: ['test/second', 'test/unknown'] },
      limits: { silence_ms: 50 },
    });
    const thread = await stage.thread();
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
    await stage.assistant({ models: { 'builtin/offline': model } });
    const thread = await stage.thread();
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
    await stage.assistant({
      models: { 'test/slow': model, 'builtin/offline': offline },
      limits: { turn_ms: 100, silence_ms: 60_000 },
    });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('go'));
    expect(reply).toMatchObject({ status: 'failed', parts: [{ type: 'text', text: 'I think' }] });
    expect(reply.error).toContain('longer');
  });
});

test('a turn that cannot be worked is given up with a failed reply', async () => {
  const work = async (): Promise<void> => await Promise.reject(new Error('it is broken'));
  const script = { models: { 'builtin/offline': offline } };
  await stage.start((signals) => ({ ...scriptedTurns(signals, script), maxAttempts: 1, work }));
  const thread = await stage.thread();
  const reply = await thread.reply(await thread.send('go'));
  expect(reply).toMatchObject({ status: 'failed', seq: 2 });
  expect(reply.error).toContain('it is broken');
  expect((await thread.events()).at(-1)).toBe('message.failed');
});
