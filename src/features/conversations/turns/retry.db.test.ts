import { describe, expect, test } from 'vitest';

import { endItem, retryItem } from '#platform/lanes/index.ts';
import { testDatabase } from '#test/database.ts';
import { until } from '#test/until.ts';
import { echo, scriptedModel, scriptedTurns, turnStage, type TestThread } from '#test/turns.ts';
import { textOf } from '../parts.ts';
import { regenerate } from '../regenerate.ts';
import { sendMessage } from '../send-message.ts';

const db = testDatabase({ poolSize: 10 });
const stage = turnStage(db);
const script = { models: { 'builtin/offline': scriptedModel(echo) } };

const handler = () => scriptedTurns(db.signals, script);

async function park({ thread_id }: TestThread, seq: number): Promise<void> {
  const name = { key: `thread:${thread_id}`, seq };
  await db.database.asSystem(async (tx) => await endItem(tx, name, 'parked', 'parked by hand', handler));
}

async function retry({ thread_id }: TestThread, seq: number): Promise<void> {
  const name = { key: `thread:${thread_id}`, seq };
  await db.database.asSystem(async (tx) => await retryItem(tx, name, handler));
}

/** A thread whose only message was given up, as nobody worked it. */
async function parked() {
  const thread = await stage.thread();
  const message = await thread.send('milk');
  await park(thread, 1);
  const failed = (await thread.messages()).at(-1)!;
  expect(failed).toMatchObject({ role: 'assistant', status: 'failed', turn_id: message.turn_id });
  return { thread, message, failed };
}

async function edit({ user_id, thread_id }: TestThread, edits: string) {
  const sent = { thread_id, text: 'bread', channel: 'web' as const, edits };
  await db.database.asUser(user_id, async (tx) => await sendMessage(tx, user_id, sent));
}

describe('a turn that was given up', () => {
  test('is tried again: its reply waits, and is made', async () => {
    const { thread, message, failed } = await parked();
    await retry(thread, 1);
    expect((await thread.messages()).at(-1)).toMatchObject({
      id: failed.id,
      status: 'pending',
      error: null,
      parts: [],
    });
    expect((await thread.events()).slice(-2)).toEqual(['message.failed', 'message.reset']);
    await stage.assistant(script);
    const reply = await thread.reply(message);
    expect(reply).toMatchObject({ id: failed.id, status: 'complete', error: null });
    expect(textOf(reply.parts)).toBe('you said: milk');
    expect(await thread.messages()).toHaveLength(2);
  });

  test('is tried again once, and given up again', async () => {
    const { thread, failed } = await parked();
    const tries = await Promise.allSettled([retry(thread, 1), retry(thread, 1), retry(thread, 1)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await park(thread, 2);
    expect((await thread.messages()).at(-1)).toMatchObject({ id: failed.id, status: 'failed' });
    await retry(thread, 2);
  });

  test.each<[string, (of: Awaited<ReturnType<typeof parked>>) => Promise<unknown>]>([
    ['its message was edited', async ({ thread, message }) => await edit(thread, message.id)],
    [
      'its reply is made anew already',
      async ({ thread: { user_id, thread_id } }) =>
        await db.database.asUser(user_id, async (tx) => await regenerate(tx, thread_id)),
    ],
  ])('is not when %s', async (_, meanwhile) => {
    const of = await parked();
    await meanwhile(of);
    const before = await of.thread.messages();
    await expect(retry(of.thread, 1)).rejects.toMatchObject({
      code: 'jobs.not_repeatable',
      kind: 'conflict',
    });
    expect(await of.thread.messages()).toEqual(before);
  });

  test('is not made when another message has taken its own one’s place meanwhile', async () => {
    const { thread, message } = await parked();
    await thread.send('eggs');
    await park(thread, 2);
    await retry(thread, 1);
    await edit(thread, message.id);
    await stage.assistant(script);
    const standing = async () => (await thread.messages()).filter((one) => one.superseded_by === null);
    await until('the edit is answered', async () => {
      const last = (await standing()).at(-1);
      return (
        last?.role === 'assistant' && last.status === 'complete' && textOf(last.parts) === 'you said: bread'
      );
    });
    expect((await standing()).map(({ parts }) => textOf(parts))).toEqual(['bread', 'you said: bread']);
  });
});
