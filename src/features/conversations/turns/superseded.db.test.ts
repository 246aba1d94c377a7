import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { approvalsOf, decide } from '#features/approvals/index.ts';
import { defineDatabaseTool, defineOutsideTool } from '#features/tools/index.ts';
import { testDatabase } from '#test/database.ts';
import { echo, scriptedModel, turnStage, turnTool, type Script, type TestThread } from '#test/turns.ts';
import { until } from '#test/until.ts';
import type { Message } from '../contract.ts';
import { notDone, textOf } from '../parts.ts';
import { regenerate } from '../regenerate.ts';
import { resumeTurn } from '../resume-turn.ts';
import { sendMessage } from '../send-message.ts';

const db = testDatabase();
const stage = turnStage(db);

const input = z.strictObject({});

/** Asks first, then goes on to one that is under way as long as the test wants, and to one that must not be reached. */
function tools() {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const called: string[] = [];
  const within = (name: string) =>
    defineDatabaseTool({
      tool_type: 'memory',
      description: name,
      input,
      execute: async (tx) => {
        tx.onCommit(() => called.push(name));
        return await Promise.resolve({});
      },
    });
  const slow = defineOutsideTool({
    tool_type: 'http',
    input,
    timeout_ms: 60_000,
    traits: () => ({ effect: 'outside', taints: false, after_crash: 'ask' }),
    run: async () => {
      called.push('slow');
      begin();
      await released;
      return {};
    },
  });
  return {
    begun,
    release,
    called,
    tools: [
      turnTool(within('ask'), { name: 'ask', approval: 'ask' }),
      turnTool(slow, { name: 'slow' }),
      turnTool(within('after'), { name: 'after' }),
    ],
  };
}

/** One step asks; the next is slow and then more; others are just answered. */
const script: Script = (request) => {
  const { prompt } = request;
  const since = prompt.slice(prompt.findLastIndex(({ role }) => role === 'user'));
  const [asked] = since;
  const wants = JSON.stringify(asked?.content).includes('work');
  if (!wants) return echo(request, 0);
  const steps = since.filter(({ role }) => role === 'tool').length;
  if (steps === 0) return { calls: [{ id: 'ask', name: 'ask', input: {} }] };
  if (steps > 1) return { text: ['All done.'] };
  return {
    calls: [
      { id: 'slow', name: 'slow', input: {} },
      { id: 'after', name: 'after', input: {} },
    ],
  };
};

/** A thread whose first turn waits for the user, while a later one is over. */
async function waiting() {
  const { tools: some, ...steps } = tools();
  const model = scriptedModel(script);
  const one = await stage.assistant({ models: { 'builtin/offline': model }, tools: some });
  const thread = await stage.thread();
  const message = await thread.send('work');
  const reply = await thread.reply(message);
  const later = await thread.send('hello');
  await thread.reply(later);
  return { ...steps, one, model, thread, message, reply, later };
}

async function approve({ user_id }: TestThread, reply: Message): Promise<void> {
  await stage.front.database.asUser(user_id, async (tx) => {
    const [approval] = await approvalsOf(tx, reply.id);
    const decision = { status: 'approved', decided_via: 'api' } as const;
    await decide(tx, user_id, approval!.id, decision, async (inTx) => {
      await resumeTurn(inTx, reply.id, approval!.id);
    });
  });
}

/** A thread whose first turn runs again after an approval, while a later one is over. */
async function runningAgain() {
  const { begun, ...rest } = await waiting();
  await approve(rest.thread, rest.reply);
  await begun;
  return rest;
}

async function edit({ user_id, thread_id }: TestThread, { id }: Message): Promise<Message> {
  return await stage.front.database.asUser(
    user_id,
    async (tx) =>
      await sendMessage(tx, user_id, { thread_id, text: 'never mind', channel: 'api', edits: id }),
  );
}

/** What became of the thread's items. */
async function work({ thread_id }: TestThread): Promise<string[]> {
  const { rows } = await db.owner.query<{ status: string }>(
    'select status from lane_items where lane_key = $1 order by seq',
    [`thread:${thread_id}`],
  );
  return rows.map(({ status }) => status);
}

async function now(thread: TestThread, { id }: Message): Promise<Message> {
  return (await thread.messages()).find((message) => message.id === id)!;
}

describe('a turn that runs while its message is superseded', () => {
  test('ends with the edit, stopped; nothing more of it is done, and the edit is answered at once', async () => {
    const { thread, message, reply, called, model } = await runningAgain();
    const edited = await edit(thread, message);
    expect(await now(thread, reply)).toMatchObject({
      status: 'stopped',
      superseded_by: edited.id,
      parts: [
        { toolCallId: 'ask', state: 'output-available' },
        { toolCallId: 'slow', state: 'output-error', errorText: notDone.unknown },
        { toolCallId: 'after', state: 'output-error', errorText: notDone.stopped },
      ],
    });
    expect(textOf((await thread.reply(edited)).parts)).toBe('you said: never mind');
    expect(called).toEqual(['ask', 'slow']);
    // The step that asked, the one behind the approval, and the two others' answers.
    expect(model.doStreamCalls).toHaveLength(4);
    expect(await now(thread, reply)).toMatchObject({ status: 'stopped', usage: { output_tokens: 10 } });
    expect((await thread.messages()).filter((one) => one.superseded_by === null)).toHaveLength(2);
  });

  test('ends with its next write, should nobody have told it to stop', async () => {
    const { thread, message, later, release, called, model } = await runningAgain();
    await db.owner.query('update messages set superseded_by = $1 where turn_id = $2', [
      later.id,
      message.turn_id,
    ]);
    release();
    await expect.poll(async () => await work(thread)).toEqual(['completed', 'completed', 'completed']);
    expect(called).toEqual(['ask', 'slow']);
    expect(model.doStreamCalls).toHaveLength(3);
  });

  test('ends while it speaks, should nobody have told it to stop', async () => {
    const model = scriptedModel(() => ({ text: ['on and on'], hang: true }));
    await stage.assistant({ models: { 'builtin/offline': model }, limits: { flush_ms: 500 } });
    const thread = await stage.thread();
    const { promise: speaks, resolve } = Promise.withResolvers<void>();
    stage.front.signals.subscribe(`delta:${thread.user_id}`, () => resolve());
    const message = await thread.send('go');
    await speaks;
    await db.owner.query('update messages set superseded_by = $1 where turn_id = $2', [
      message.id,
      message.turn_id,
    ]);
    await expect.poll(async () => await work(thread), { timeout: 5_000 }).toEqual(['completed']);
  });

  test('does not begin when it is superseded as it does', async () => {
    const { one, thread, message, reply, later, called } = await waiting();
    await one.stop();
    await approve(thread, reply);
    await db.owner.query('begin');
    await db.owner.query('update messages set superseded_by = $1 where turn_id = $2', [
      later.id,
      message.turn_id,
    ]);
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(script) } });
    await until('the turn waits for the message', async () => {
      const { rowCount } = await db.owner.query('select from pg_locks where not granted');
      return rowCount! > 0;
    });
    await db.owner.query('commit');
    await expect.poll(async () => await work(thread)).toEqual(['completed', 'completed', 'completed']);
    expect(await thread.messages()).toHaveLength(4);
    expect(called).toEqual([]);
  });

  test('is left alone where another turn is made anew', async () => {
    const { thread, message, reply, later, release, called } = await runningAgain();
    await stage.front.database.asUser(thread.user_id, async (tx) => await regenerate(tx, thread.thread_id));
    release();
    expect(await thread.reply(message)).toMatchObject({ id: reply.id, status: 'complete' });
    expect(await thread.reply(later)).toMatchObject({ status: 'complete' });
    expect(called).toEqual(['ask', 'slow', 'after']);
  });
});
