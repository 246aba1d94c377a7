import { describe, expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createThread } from '#test/factories.ts';
import { scriptedModel, startTestProcess, scriptedTurns, turnStage, type TestThread } from '#test/turns.ts';
import type { Message } from '../contract.ts';
import { sendMessage } from '../send-message.ts';

const db = testDatabase();
const stage = turnStage(db);

/** USD per million tokens. */
const price = { input: 1_000, output: 1_000 };
const BUDGET = 1;

async function threadOnBudget(): Promise<TestThread> {
  const thread = await stage.thread();
  await db.owner.query('update users set daily_budget_usd = $1 where id = $2', [BUDGET, thread.user_id]);
  return thread;
}

/** A message each in as many threads more of the same user. */
async function sendInOthers({ user_id, assistant_id }: TestThread, count: number): Promise<Message[]> {
  const { database } = stage.front;
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const { id: thread_id } = await createThread(database.system, { user_id, assistant_id });
      return await database.asUser(
        user_id,
        async (tx) => await sendMessage(tx, user_id, { thread_id, text: 'hello', channel: 'api' }),
      );
    }),
  );
}

async function reserved({ user_id }: TestThread): Promise<{ count: number; usd: number }> {
  const { rows } = await db.owner.query<{ count: number; usd: number }>(
    'select count(*)::int, coalesce(sum(cost_usd), 0)::float8 as usd from usage_reservations where user_id = $1',
    [user_id],
  );
  return rows[0]!;
}

describe('the budget of a day', () => {
  test('holds for requests of one user that run at the same moment, whatever they say', async () => {
    const model = scriptedModel(() => ({ text: ['on and on'], hang: true }));
    const one = await stage.assistant({ models: { 'test/paid': model }, price });
    const thread = await threadOnBudget();
    await sendInOthers(thread, 4);
    await expect.poll(() => model.doStreamCalls.length, { timeout: 15_000 }).toBe(4);
    const answers = model.doStreamCalls.map(({ maxOutputTokens }) => maxOutputTokens! / 1_000);
    const { count, usd } = await reserved(thread);
    expect(count).toBe(4);
    expect(answers.reduce((sum, most) => sum + most, 0)).toBeLessThan(usd);
    expect(usd).toBeLessThanOrEqual(BUDGET);
    await one.kill();
  });

  test('is given back what a request did not use', async () => {
    await stage.assistant({ models: { 'test/paid': scriptedModel(() => ({ text: ['hi'] })) }, price });
    const thread = await threadOnBudget();
    for (let round = 0; round < 5; round += 1) {
      expect(await thread.reply(await thread.send('hello'))).toMatchObject({ status: 'complete' });
    }
    expect(await reserved(thread)).toEqual({ count: 0, usd: 0 });
  });

  test('is given back what a turn reserved that ends without an answer', async () => {
    const away = scriptedModel(() => ({ error: new Error('away') }));
    await stage.assistant({
      models: { 'test/paid': away, 'builtin/offline': away },
      price,
      limits: { retries: 0 },
    });
    const thread = await threadOnBudget();
    expect(await thread.reply(await thread.send('hello'))).toMatchObject({ status: 'failed' });
    expect(await reserved(thread)).toEqual({ count: 0, usd: 0 });
  });

  test('is not kept by what died: its own turn goes on, and after a while it lapses for others', async () => {
    const speaking = scriptedModel(() => ({ text: ['on'], hang: true }));
    const dead = await startTestProcess(db, (signals) =>
      scriptedTurns(signals, { models: { 'test/paid': speaking }, price }),
    );
    const thread = await threadOnBudget();
    const message = await thread.send('hello');
    await expect.poll(async () => (await reserved(thread)).count, { timeout: 15_000 }).toBe(1);
    await dead.kill();
    await stage.assistant({ models: { 'test/paid': scriptedModel(() => ({ text: ['hi'] })) }, price });
    expect(await thread.reply(message)).toMatchObject({ status: 'complete' });

    await db.owner.query(
      `insert into usage_reservations values ($1, $2, $3, app_now() + interval '1 minute')`,
      [newId(), thread.user_id, BUDGET],
    );
    expect(await thread.reply(await thread.send('now?'))).toMatchObject({ status: 'failed' });
    await db.owner.query('update usage_reservations set expires_at = app_now()');
    expect(await thread.reply(await thread.send('now?'))).toMatchObject({ status: 'complete' });
    expect(await reserved(thread)).toEqual({ count: 0, usd: 0 });
    await dead.stop();
  });
});
