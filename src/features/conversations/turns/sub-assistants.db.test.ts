import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { approvalsOf, decide } from '#features/approvals/index.ts';
import { defineDatabaseTool } from '#features/tools/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { scriptedModel, turnStage, turnTool, type Script } from '#test/turns.ts';
import type { ToolPart } from '../contract.ts';
import { isToolPart, notDone, textOf } from '../parts.ts';
import { regenerate } from '../regenerate.ts';
import { resumeTurn } from '../resume-turn.ts';
import { stopTurn } from '../stop-turn.ts';
import { assistantTool, type TurnTool } from './turn-tool.ts';

const db = testDatabase();
const stage = turnStage(db);

function asks(sub_assistant_id: string, name = 'ask'): TurnTool {
  return turnTool(assistantTool, { name, sub_assistant_id });
}

function noteTool(noted: string[], terms: Partial<TurnTool> = {}): TurnTool {
  return turnTool(
    defineDatabaseTool({
      tool_type: 'memory',
      description: 'Notes',
      input: z.strictObject({ what: z.string() }),
      execute: async (tx, { what }) => {
        tx.onCommit(() => noted.push(what));
        return await Promise.resolve({ noted: what });
      },
    }),
    { name: 'note', ...terms },
  );
}

/** Hands the message on, then says what came back. */
const handsOn: Script = ({ prompt }) => {
  const last = prompt.at(-1);
  if (last?.role === 'tool') {
    const [part] = last.content;
    return { text: [`It said: ${part?.type === 'tool-result' ? JSON.stringify(part.output) : ''}`] };
  }
  const task = last?.role === 'user' && last.content[0]?.type === 'text' ? last.content[0].text : '';
  return { calls: [{ id: 'c', name: 'ask', input: { task } }] };
};

/** Notes what it is told, then says so. */
const notes: Script = ({ prompt }) => {
  const last = prompt.at(-1);
  if (last?.role === 'tool') return { text: ['Noted ', 'all.'] };
  const task = last?.role === 'user' && last.content[0]?.type === 'text' ? last.content[0].text : '';
  return { text: ['Noting. '], calls: [{ id: 'c', name: 'note', input: { what: task } }] };
};

const price = { input: 1_000, output: 1_000 };

function nestedOf(parts: readonly unknown[]): NonNullable<ToolPart['nested']> {
  const call = (parts as ToolPart[]).find((part) => isToolPart(part) && part.nested);
  return call!.nested!;
}

describe('an assistant asked by another', () => {
  test('works the task with its own model and tools; what it used is the caller’s', async () => {
    const noted: string[] = [];
    const id = newId();
    await stage.assistant({
      models: {
        'test/boss': scriptedModel(handsOn),
        'test/clerk': scriptedModel(notes),
        'builtin/offline': scriptedModel(() => ({ text: ['?'] })),
      },
      price,
      tools: [asks(id)],
      others: { [id]: { name: 'Clerk', model: 'test/clerk', tools: [noteTool(noted)] } },
    });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('buy milk'));
    expect(reply).toMatchObject({
      status: 'complete',
      model: 'test/boss',
      // Two requests each, 10 in and 5 out
      usage: { input_tokens: 40, output_tokens: 20 },
      cost_usd: 0.06,
    });
    expect(textOf(reply.parts)).toBe('It said: {"type":"json","value":{"answer":"Noting. Noted all."}}');
    expect(noted).toEqual(['buy milk']);
    expect(nestedOf(reply.parts)).toMatchObject({
      assistant_id: id,
      assistant: 'Clerk',
      model: 'test/clerk',
      usage: { input_tokens: 20, output_tokens: 10 },
      parts: [{ text: 'Noting. ' }, { type: 'tool-note', state: 'output-available' }, { text: 'Noted all.' }],
    });
    const { rows } = await db.owner.query(
      'select model, assistant_id = $2 as by_clerk, count(*)::int from model_usage where user_id = $1 group by 1, 2 order by 1',
      [thread.user_id, id],
    );
    expect(rows).toEqual([
      { model: 'test/boss', by_clerk: false, count: 2 },
      { model: 'test/clerk', by_clerk: true, count: 2 },
    ]);
  });

  test('waits with its caller when a call of its own needs approval, and goes on from there', async () => {
    const noted: string[] = [];
    const id = newId();
    await stage.assistant({
      models: { 'test/boss': scriptedModel(handsOn), 'test/clerk': scriptedModel(notes) },
      tools: [asks(id)],
      others: { [id]: { name: 'Clerk', model: 'test/clerk', tools: [noteTool(noted, { approval: 'ask' })] } },
    });
    const thread = await stage.thread();
    const message = await thread.send('buy milk');
    const reply = await thread.reply(message);
    expect(reply.status).toBe('awaiting_approval');
    expect(nestedOf(reply.parts).parts[1]).toMatchObject({ state: 'approval-requested' });
    const [approval] = await stage.front.database.asSystem(async (tx) => await approvalsOf(tx, reply.id));
    expect(approval).toMatchObject({ tool_call_id: 'c/c', request: { assistant: 'Clerk', tool: 'note' } });
    await stage.front.database.asUser(thread.user_id, async (tx) => {
      const decision = { status: 'approved', decided_via: 'api' } as const;
      await decide(tx, thread.user_id, approval!.id, decision, async (inTx, { message_id }) => {
        await resumeTurn(inTx, message_id, approval!.id);
      });
    });
    await expect.poll(async () => (await thread.reply(message)).status, { timeout: 15_000 }).toBe('complete');
    expect(noted).toEqual(['buy milk']);
    const final = await thread.reply(message);
    expect(textOf(nestedOf(final.parts).parts)).toBe('Noting. Noted all.');
  });

  test('that needs approval is asked about once, also when a call of its own needs one later', async () => {
    const noted: string[] = [];
    const id = newId();
    await stage.assistant({
      models: { 'test/boss': scriptedModel(handsOn), 'test/clerk': scriptedModel(notes) },
      tools: [{ ...asks(id), approval: 'ask' }],
      others: { [id]: { name: 'Clerk', model: 'test/clerk', tools: [noteTool(noted, { approval: 'ask' })] } },
    });
    const thread = await stage.thread();
    const message = await thread.send('buy milk');
    const { id: replyId } = await thread.reply(message);
    const asked = async () =>
      await stage.front.database.asSystem(async (tx) => await approvalsOf(tx, replyId));
    const approveLast = async () =>
      await stage.front.database.asUser(thread.user_id, async (tx) => {
        const last = (await approvalsOf(tx, replyId)).at(-1)!;
        const decision = { status: 'approved', decided_via: 'api' } as const;
        await decide(tx, thread.user_id, last.id, decision, async (inTx) => {
          await resumeTurn(inTx, replyId, last.id);
        });
      });
    await approveLast();
    await expect.poll(asked, { timeout: 15_000 }).toHaveLength(2);
    expect(noted).toEqual([]);
    await approveLast();
    await expect.poll(async () => (await thread.reply(message)).status, { timeout: 15_000 }).toBe('complete');
    expect((await asked()).map(({ tool_call_id, status }) => [tool_call_id, status])).toEqual([
      ['c', 'approved'],
      ['c/c', 'approved'],
    ]);
    expect(noted).toEqual(['buy milk']);
  });

  test('that was stopped under way is not asked again when the reply is made anew', async () => {
    const noted: string[] = [];
    const id = newId();
    const clerk = scriptedModel((request, count) =>
      request.prompt.at(-1)?.role === 'tool' ? { text: ['Well, '], hang: true } : notes(request, count),
    );
    await stage.assistant({
      models: { 'test/boss': scriptedModel(handsOn), 'test/clerk': clerk },
      tools: [asks(id)],
      others: { [id]: { name: 'Clerk', model: 'test/clerk', tools: [noteTool(noted)] } },
    });
    const thread = await stage.thread();
    const message = await thread.send('buy milk');
    await expect.poll(() => clerk.doStreamCalls.length, { timeout: 15_000 }).toBe(2);
    const { thread_id, user_id } = thread;
    await stage.front.database.asUser(user_id, async (tx) => await stopTurn(tx, thread_id));
    const stopped = await thread.reply(message);
    expect(stopped).toMatchObject({ status: 'stopped', parts: [{ errorText: notDone.unknown }] });
    expect(nestedOf(stopped.parts).parts[1]).toMatchObject({ toolCallId: 'c', state: 'output-available' });
    await stage.front.database.asUser(user_id, async (tx) => await regenerate(tx, thread_id));
    const anew = await thread.reply(message);
    expect(anew).toMatchObject({ status: 'complete', parts: [{ errorText: notDone.unknown }, {}] });
    expect(textOf(anew.parts)).toContain('It said: ');
    expect(noted).toEqual(['buy milk']);
    expect(clerk.doStreamCalls).toHaveLength(2);
  });

  test('that is gone, fails, or would ask in a circle is an answer to the asking one', async () => {
    const circle = newId();
    const mute = newId();
    await stage.assistant({
      models: {
        'test/boss': scriptedModel(handsOn),
        'builtin/offline': scriptedModel(() => ({ error: new Error('away') })),
      },
      limits: { retries: 0 },
      tools: [asks(circle)],
      others: {
        [circle]: { name: 'Other', model: 'test/boss', tools: [asks(circle)] },
        [mute]: { name: 'Mute', model: 'test/none' },
      },
    });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('go'));
    expect(reply.status).toBe('complete');
    expect(textOf(reply.parts)).toContain('That assistant is asking you');
  });

  test('asks no deeper than three, and all of a turn have their bounds together', async () => {
    const ids = [newId(), newId(), newId(), newId()];
    const others = Object.fromEntries(
      ids.map((id, index) => [
        id,
        { name: `A${index + 1}`, model: 'test/boss', tools: [asks(ids[index + 1] ?? newId())] },
      ]),
    );
    await stage.assistant({
      models: { 'test/boss': scriptedModel(handsOn) },
      tools: [asks(ids[0]!)],
      others,
    });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('go'));
    const third = nestedOf(nestedOf(nestedOf(reply.parts).parts).parts);
    expect(third.assistant).toBe('A3');
    expect(third.parts[0]).toMatchObject({
      state: 'output-error',
      errorText: expect.stringContaining('deep') as string,
    });
    expect(reply.status).toBe('complete');
  });
});

describe('what a turn may use', () => {
  const endless: Script = (_, count) => ({
    text: ['on '],
    calls: [{ id: `c${count}`, name: 'note', input: { what: 'x' } }],
  });

  test.each<
    [string, { max_tokens?: number; max_cost_usd?: number; max_steps?: number }, string, string, number]
  >([
    // 10 and 5 tokens a step, 0.015 USD
    ['USD', { max_cost_usd: 1, max_steps: 100 }, 'failed', 'for one message are used up', 66],
    ['steps', { max_steps: 3 }, 'complete', 'more than the 3 steps', 3],
  ])('ends it: %s', async (_, settings, status, words, most) => {
    const model = scriptedModel(endless);
    await stage.assistant({
      models: { 'test/endless': model },
      price,
      settings,
      tools: [noteTool([])],
    });
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('go'));
    expect(reply.status).toBe(status);
    expect(reply.error ?? textOf(reply.parts)).toContain(words);
    expect(model.doStreamCalls.length).toBeLessThanOrEqual(most);
    expect(model.doStreamCalls.length).toBeGreaterThan(0);
  });

  test('of a user’s day ends it before anything is asked', async () => {
    const model = scriptedModel(() => ({ text: ['hi'] }));
    await stage.assistant({ models: { 'test/paid': model }, price });
    const thread = await stage.thread();
    await db.owner.query('update users set daily_budget_usd = 0.5 where id = $1', [thread.user_id]);
    const first = await thread.reply(await thread.send('hello'));
    expect(first).toMatchObject({ status: 'complete', cost_usd: 0.015 });
    await db.owner.query('update model_usage set cost_usd = 0.5 where user_id = $1', [thread.user_id]);
    const second = await thread.reply(await thread.send('again'));
    expect(second).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('$0.50 of your budget for today are used up') as string,
    });
    expect(model.doStreamCalls.length).toBe(1);
    await db.owner.query(
      `update model_usage set created_at = created_at - interval '25 h' where user_id = $1`,
      [thread.user_id],
    );
    expect(await thread.reply(await thread.send('tomorrow'))).toMatchObject({ status: 'complete' });
  });

  test('is counted, by our own estimate, of an answer that broke off', async () => {
    await stage.assistant({
      models: {
        'test/cut': scriptedModel(() => ({ text: ['a long beginning'], error: new Error('cut') })),
        'builtin/offline': scriptedModel(() => ({ text: ['offline'] })),
      },
      limits: { retries: 0 },
      price,
    });
    const thread = await stage.thread();
    await thread.reply(await thread.send('hello'));
    const { rows } = await db.owner.query<{ is_estimate: boolean; output_tokens: number }>(
      `select is_estimate, output_tokens::int from model_usage where user_id = $1 and model = 'test/cut'`,
      [thread.user_id],
    );
    expect(rows).toEqual([{ is_estimate: true, output_tokens: 4 }]);
  });
});
