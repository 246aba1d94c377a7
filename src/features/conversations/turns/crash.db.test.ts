import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineDatabaseTool } from '#features/tools/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { newId } from '#platform/ids/index.ts';
import type { LaneHandler, Lease } from '#platform/lanes/index.ts';
import { crashingAt, type CrashPoint } from '#test/crashing-at.ts';
import { testDatabase } from '#test/database.ts';
import {
  scriptedModel,
  scriptedTurns,
  startTestProcess,
  turnStage,
  turnTool,
  type TestProcess,
  type TestThread,
  type TurnScript,
} from '#test/turns.ts';

const db = testDatabase();
const stage = turnStage(db);
/** They take a second to come to rest. */
const dead: TestProcess[] = [];

afterAll(async () => {
  const stopping = dead.map(async (one) => await one.stop());
  await Promise.all(stopping);
});

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

function call(what: string): { id: string; name: string; input: unknown } {
  return { id: what, name: 'remember', input: { what } };
}

/** Two calls, a third one, then the answer. */
const script: TurnScript = {
  tools: [remember],
  models: {
    'builtin/offline': scriptedModel(({ prompt }) => {
      const results = prompt.filter(({ role }) => role === 'tool').length;
      if (results === 0) return { text: ['First. '], calls: [call('milk'), call('bread')] };
      if (results === 1) return { calls: [call('eggs')] };
      return { text: ['All ', 'noted.'] };
    }),
  },
};

/** Opening, the calls of step 1, each of them, the call of step 2, the same, and the end. */
const TRANSACTIONS = 7;

async function workUntil(point: CrashPoint): Promise<{ died: Promise<void> }> {
  let onCrash = (): void => {};
  const crashed = new Promise<void>((resolve) => {
    onCrash = resolve;
  });
  const one = await startTestProcess(db, (signals) =>
    crashingAt(scriptedTurns(signals, script), point, onCrash),
  );
  dead.push(one);
  return { died: crashed.then(async () => await one.kill()) };
}

describe('a worker that dies in a turn', () => {
  const points = Array.from({ length: TRANSACTIONS }, (_, n) => n + 1).flatMap(
    (transaction): CrashPoint[] => [
      { transaction, when: 'before' },
      { transaction, when: 'after' },
    ],
  );

  test.each(points)('$when its transaction $transaction', async (point) => {
    const { died } = await workUntil(point);
    const thread = await stage.thread();
    const message = await thread.send('milk, bread and eggs');
    await died;
    await stage.assistant(script);
    const reply = await thread.reply(message);

    expect(reply).toMatchObject({ status: 'complete', usage: { input_tokens: 30, output_tokens: 15 } });
    expect(reply.parts).toMatchObject([
      { type: 'text', text: 'First. ' },
      { toolCallId: 'milk', state: 'output-available' },
      { toolCallId: 'bread', state: 'output-available' },
      { toolCallId: 'eggs', state: 'output-available' },
      { type: 'text', text: 'All noted.' },
    ]);
    expect(await effects(thread)).toEqual(['bread', 'eggs', 'milk']);
    expect((await thread.messages()).map(({ seq, role }) => [seq, role])).toEqual([
      [1, 'user'],
      [2, 'assistant'],
    ]);
    expect((await thread.events()).filter((type) => type !== 'message.reset')).toEqual([
      'message.created',
      'message.created',
      'tool.started',
      'tool.started',
      'tool.finished',
      'tool.finished',
      'tool.started',
      'tool.finished',
      'message.completed',
    ]);
  });

  test('while it speaks: what was cut off is taken back and said anew', async () => {
    const model = scriptedModel((_, count) =>
      count === 1 ? { text: ['Once upon a '], hang: true } : { text: ['The end.'] },
    );
    const spoken: TurnScript = { models: { 'builtin/offline': model }, limits: { flush_ms: 5 } };
    const one = await startTestProcess(db, (signals) => scriptedTurns(signals, spoken));
    dead.push(one);
    const thread = await stage.thread();
    const message = await thread.send('tell');
    await expect
      .poll(async () => (await thread.messages()).at(1)?.parts)
      .toMatchObject([{ state: 'streaming' }]);
    await one.kill();
    await stage.assistant(spoken);
    const reply = await thread.reply(message);
    expect(reply).toMatchObject({ status: 'complete', parts: [{ type: 'text', text: 'The end.' }] });
    expect(await thread.events()).toEqual([
      'message.created',
      'message.created',
      'message.reset',
      'message.completed',
    ]);
  });

  test('leaves nothing of its own when another has taken over', async () => {
    let goOn = (): void => {};
    const frozen = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const model = scriptedModel(() => ({ text: ['said by one'] }));
    const freezing = (signals: Signals): LaneHandler => {
      const handler = scriptedTurns(signals, { models: { 'builtin/offline': model } });
      return {
        ...handler,
        work: async (item, lease) => {
          const finish: Lease['finish'] = async (work) => {
            await frozen;
            return await lease.finish(work);
          };
          await handler.work(item, { ...lease, finish });
        },
      };
    };
    // With one item at a time, the first does not take the lane again while it is frozen.
    const one = await stage.start(freezing, 1);
    const thread = await stage.thread();
    const message = await thread.send('who?');
    await expect.poll(() => model.doStreamCalls.length).toBe(1);
    const lane = [`thread:${thread.thread_id}`];
    await db.owner.query(`update lane_items set status = 'pending' where lane_key = $1`, lane);
    await db.owner.query(`update lanes set leased_by = null, lease_until = null where key = $1`, lane);
    const other = scriptedModel(() => ({ text: ['said by two'] }));
    const script: TurnScript = { models: { 'builtin/offline': other } };
    await stage.assistant(script);
    const reply = await thread.reply(message);
    goOn();
    await expect.poll(() => one.results).toEqual([{ result: 'lost' }]);
    expect(reply.parts).toEqual([{ type: 'text', text: 'said by two' }]);
    expect(await thread.messages()).toEqual([message, reply]);
  });
});
