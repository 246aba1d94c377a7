import { APICallError, type LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { crashingAt } from '#test/crashing-at.ts';
import { testDatabase } from '#test/database.ts';
import { echo, scriptedModel, scriptedTurns, turnStage, type Script, type TestThread } from '#test/turns.ts';
import { until } from '#test/until.ts';
import type { Summary } from '../contract.ts';
import { insertMessage } from '../queries/messages.ts';
import { selectSummaries } from '../queries/summaries.ts';
import { regenerate } from '../regenerate.ts';
import { sendMessage } from '../send-message.ts';
import { tokensOfText } from './count-tokens.ts';

const db = testDatabase({ poolSize: 10 });
const stage = turnStage(db);
const WINDOW = 4_000;
/** Of the words of one message. */
const filler = 'the quick brown fox jumps over the lazy dog and runs on '.repeat(8);

const wordsOf = (request: LanguageModelV4CallOptions) => JSON.stringify(request.prompt);
const asksForSummary = (request: LanguageModelV4CallOptions) =>
  wordsOf(request).includes('You write down what');

/** Writes a summary of what it finds of the facts, echoes otherwise, and keeps what it was asked. */
function reader(requests: LanguageModelV4CallOptions[], answer: Script = echo): Script {
  return (request, count) => {
    requests.push(request);
    if (!asksForSummary(request)) return answer(request, count);
    const facts = [...new Set(wordsOf(request).match(/fact-\d+/g))];
    return { text: [`Known: ${facts.join(' ')}`] };
  };
}

/** Adds turns that were: each with a fact of its own in the question. */
async function fill(thread: TestThread, from: number, to: number, tainted = false): Promise<void> {
  const { user_id, thread_id } = thread;
  await db.database.asUser(user_id, async (tx) => {
    for (let number = from; number <= to; number += 1) {
      const turn_id = newId();
      for (const role of ['user', 'assistant'] as const) {
        const text = role === 'user' ? `fact-${number} ${filler}` : `noted ${filler}`;
        await insertMessage(tx.db, {
          id: newId(),
          thread_id,
          user_id,
          turn_id,
          role,
          parts: [{ type: 'text', text }],
          status: 'complete',
          channel: 'api',
          external_id: null,
          tainted,
        });
      }
    }
  });
}

async function summariesOf({ thread_id }: TestThread): Promise<Summary[]> {
  return await selectSummaries(db.database.system, thread_id, { limit: 100 });
}

async function ask(thread: TestThread, text: string) {
  return await thread.reply(await thread.send(text));
}

describe('a thread that is too long for the model', () => {
  test('is shown with its oldest part in short, which is written once', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 20);
    await stage.assistant({ models: { 'a/b': scriptedModel(reader(requests)) }, window: WINDOW });
    const reply = await ask(thread, 'what was first?');
    expect(reply).toMatchObject({ status: 'complete', model: 'a/b', tainted: false });
    expect(requests.map(asksForSummary)).toEqual([true, false]);
    const [summary] = await summariesOf(thread);
    expect(summary).toMatchObject({ model: 'a/b', tainted: false, is_active: true });
    expect(summary!.text).toContain('fact-1 ');
    expect(summary!.up_to_seq % 2).toBe(0);
    const shown = wordsOf(requests[1]!);
    expect(shown).toContain(`in short:)\\n${summary!.text}`);
    // What is not in the summary is shown as it was said, and nothing twice.
    for (let fact = 1; fact <= 20; fact += 1)
      expect(shown.match(new RegExp(`fact-${fact}\\b`, 'g'))).toHaveLength(1);
    for (const request of requests) expect(tokensOfText(wordsOf(request))).toBeLessThan(WINDOW);
    await ask(thread, 'and then?');
    expect(requests.map(asksForSummary)).toEqual([true, false, false]);
    expect(await thread.messages()).toHaveLength(44);
    expect(await thread.events()).toContain('thread.updated');
    // Counted with the turn that it was for.
    const { rows } = await db.owner.query<{ subject: string }>(
      'select subject from model_usage where user_id = $1',
      [thread.user_id],
    );
    expect(rows.map(({ subject }) => subject)).toEqual(Array(3).fill(`thread:${thread.thread_id}`));
    expect(reply.usage).toEqual({ input_tokens: 20, output_tokens: 10 });
  });

  test('the next summary is made of the one before, and goes further', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 20);
    await stage.assistant({ models: { 'a/b': scriptedModel(reader(requests)) }, window: WINDOW });
    await ask(thread, 'one');
    await fill(thread, 21, 40);
    await ask(thread, 'two');
    const [second, first] = await summariesOf(thread);
    expect(second!.up_to_seq).toBeGreaterThan(first!.up_to_seq);
    expect(second!.text).toContain('fact-1 ');
    const asked = wordsOf(requests.findLast(asksForSummary)!);
    expect(asked).toContain(`Summary of what came before:\\n${first!.text}`);
    const shown = wordsOf(requests.at(-1)!);
    expect(shown).toContain(second!.text);
    expect(shown).toMatch(/fact-1\b/);
    expect(shown).toMatch(/fact-40\b/);
  });

  test('a turn that waits for the user stays out of the summary, with all behind it', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 20);
    const [, waits] = (await thread.messages()).slice(8);
    await db.owner.query(`update messages set status = 'awaiting_approval' where id = $1`, [waits!.id]);
    await stage.assistant({ models: { 'a/b': scriptedModel(reader(requests)) }, window: WINDOW });
    await ask(thread, 'what was first?');
    expect(await summariesOf(thread)).toMatchObject([{ up_to_seq: waits!.seq - 2 }]);
  });

  test('what strangers wrote taints the summary, and that the turn that is shown it', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 1, true);
    await fill(thread, 2, 20);
    await stage.assistant({ models: { 'a/b': scriptedModel(reader(requests)) }, window: WINDOW });
    const reply = await ask(thread, 'one');
    expect(reply.tainted).toBe(true);
    expect(await summariesOf(thread)).toMatchObject([{ tainted: true }]);
    expect(wordsOf(requests.at(-1)!)).toContain('written by strangers');
  });

  test('after a crash, the summary that is there is not written again', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 20);
    const script = { models: { 'a/b': scriptedModel(reader(requests)) }, window: WINDOW };
    let crashed = false;
    const dying = await stage.start((signals) =>
      // Opens the turn, stores the summary, dies.
      crashingAt(scriptedTurns(signals, script), { transaction: 2, when: 'after' }, () => (crashed = true)),
    );
    const message = await thread.send('go on');
    await until('it has died', () => crashed);
    await dying.kill();
    await stage.assistant(script);
    expect(await thread.reply(message)).toMatchObject({ status: 'complete' });
    expect(requests.filter(asksForSummary)).toHaveLength(1);
    expect(await summariesOf(thread)).toHaveLength(1);
    // What the first start used is not forgotten.
    expect((await thread.messages()).at(-1)!.usage).toEqual({ input_tokens: 20, output_tokens: 10 });
  });

  test('is shown as far as it fits when no summary can be had, which is tried again', async () => {
    let down = true;
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 40);
    const script: Script = (request, count) => {
      if (down && asksForSummary(request)) return { error: new Error('overloaded') };
      return reader(requests)(request, count);
    };
    await stage.assistant({ models: { 'a/b': scriptedModel(script) }, window: WINDOW });
    expect(await ask(thread, 'one')).toMatchObject({ status: 'complete', model: 'a/b' });
    const shown = wordsOf(requests[0]!);
    expect(shown).toMatch(/fact-40\b/);
    expect(shown).not.toMatch(/fact-1\b/);
    expect(tokensOfText(shown)).toBeLessThan(WINDOW);
    expect(await summariesOf(thread)).toEqual([]);
    down = false;
    await ask(thread, 'two');
    expect(await summariesOf(thread)).toHaveLength(1);
  });

  test('another model of the assistant summarises where the first fails; the last resort never does', async () => {
    const asked: LanguageModelV4CallOptions[] = [];
    const offline: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 20);
    await stage.assistant({
      models: {
        'a/b': scriptedModel(() => ({ error: new Error('down') })),
        'c/d': scriptedModel(reader(asked)),
        'builtin/offline': scriptedModel(reader(offline)),
      },
      limits: { retries: 0 },
      settings: { fallback_models: ['c/d'] },
      window: WINDOW,
    });
    await ask(thread, 'one');
    expect(await summariesOf(thread)).toMatchObject([{ model: 'c/d' }]);
    expect(offline).toEqual([]);
  });

  test('of an assistant that has the last resort alone is shown as far as it fits', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 20);
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(reader(requests)) }, window: WINDOW });
    await ask(thread, 'one');
    expect(requests.map(asksForSummary)).toEqual([false]);
    expect(tokensOfText(wordsOf(requests[0]!))).toBeLessThan(WINDOW);
  });

  test('nothing is summarised that the budget has no room for', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 20);
    await stage.assistant({
      models: { 'a/b': scriptedModel(reader(requests)) },
      settings: { max_tokens: 4_500 },
      window: WINDOW,
    });
    expect(await ask(thread, 'one')).toMatchObject({ status: 'complete' });
    expect(requests.map(asksForSummary)).toEqual([false]);
  });

  test('a provider that takes less than it says is asked once more with less', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 10);
    const answer: Script = (request, count) =>
      tokensOfText(wordsOf(request)) > 1_700
        ? {
            error: new APICallError({
              message: 'This model’s maximum context length is 1700 tokens.',
              statusCode: 400,
              url: 'https://example.test',
              requestBodyValues: {},
            }),
          }
        : echo(request, count);
    await stage.assistant({ models: { 'a/b': scriptedModel(reader(requests, answer)) }, window: WINDOW });
    expect(await ask(thread, 'one')).toMatchObject({ status: 'complete', model: 'a/b' });
    expect(requests.map(asksForSummary)).toEqual([false, true, false]);
    // From then on it is known.
    expect(await ask(thread, 'two')).toMatchObject({ model: 'a/b' });
    expect(requests.map(asksForSummary)).toEqual([false, true, false, false]);
  });

  test('a huge message is shown in part and stored as a whole', async () => {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await stage.assistant({ models: { 'a/b': scriptedModel(reader(requests)) }, window: WINDOW });
    const huge = `begin ${filler.repeat(60)} end`;
    await ask(thread, huge);
    expect(tokensOfText(wordsOf(requests[0]!))).toBeLessThan(WINDOW);
    expect(wordsOf(requests[0]!)).toMatch(/begin[^]*characters left out here[^]* end/);
    expect((await thread.messages())[0]!.parts).toEqual([{ type: 'text', text: huge }]);
  });
});

describe('a summary whose messages are superseded', () => {
  async function summarised() {
    const requests: LanguageModelV4CallOptions[] = [];
    const thread = await stage.thread();
    await fill(thread, 1, 20);
    await stage.assistant({ models: { 'a/b': scriptedModel(reader(requests)) }, window: WINDOW });
    await ask(thread, 'one');
    return { thread, requests, messages: await thread.messages() };
  }

  test('is used no more after an edit of what it stands for', async () => {
    const { thread, requests, messages } = await summarised();
    const { user_id, thread_id } = thread;
    const sent = { thread_id, text: 'fact-99 instead', channel: 'api' as const, edits: messages[2]!.id };
    const message = await db.database.asUser(user_id, async (tx) => await sendMessage(tx, user_id, sent));
    await thread.reply(message);
    expect(await summariesOf(thread)).toMatchObject([{ is_active: false }]);
    expect(wordsOf(requests.at(-1)!).match(/fact-\d+/g)).toEqual(['fact-1', 'fact-99']);
  });

  test('stays in use where what it stands for stays', async () => {
    const { thread, messages } = await summarised();
    const { user_id, thread_id } = thread;
    const sent = { thread_id, text: 'instead', channel: 'api' as const, edits: messages.at(-2)!.id };
    await thread.reply(await db.database.asUser(user_id, async (tx) => await sendMessage(tx, user_id, sent)));
    await db.database.asUser(user_id, async (tx) => await regenerate(tx, thread_id));
    expect(await summariesOf(thread)).toMatchObject([{ is_active: true }]);
  });
});
