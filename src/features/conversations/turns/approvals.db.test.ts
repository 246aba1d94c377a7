import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { approvalsOf as askedFor, decide, expireLate } from '#features/approvals/index.ts';
import { defineDatabaseTool } from '#features/tools/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { testDatabase } from '#test/database.ts';
import { scriptedModel, turnStage, turnTool, type Script, type TestThread } from '#test/turns.ts';
import { until } from '#test/until.ts';
import type { Message } from '../contract.ts';
import { textOf } from '../parts.ts';
import { resumeTurn } from '../resume-turn.ts';
import { sendMessage } from '../send-message.ts';
import { stopTurn } from '../stop-turn.ts';
import type { TurnTool } from './turn-tool.ts';

const db = testDatabase();
const stage = turnStage(db);

/** Notes what it is called with. */
function payTool(done: string[], terms: Partial<TurnTool> = {}): TurnTool {
  return turnTool(
    defineDatabaseTool({
      tool_type: 'memory',
      description: 'Pays',
      input: z.strictObject({ to: z.string() }),
      execute: async (tx, { to }) => {
        tx.onCommit(() => done.push(to));
        return await Promise.resolve({ paid: to });
      },
    }),
    { name: 'pay', approval: 'ask', ...terms },
  );
}

function pay(...to: string[]) {
  return to.map((name) => ({ id: name, name: 'pay', input: { to: name } }));
}

/** Pays whom the message names, then says what came of it. */
const paysThenTells: Script = ({ prompt }) => {
  const last = prompt.at(-1);
  if (last?.role === 'tool') {
    return { text: [JSON.stringify(last.content.map((part) => part.type === 'tool-result' && part.output))] };
  }
  const asked = last?.role === 'user' && last.content[0]?.type === 'text' ? last.content[0].text : '';
  return asked.startsWith('pay ')
    ? { text: ['Wait. '], calls: pay(...asked.slice(4).split(' ')) }
    : { text: [`you said: ${asked}`] };
};

const goOn = async (tx: Tx, { id, message_id }: { id: string; message_id: string }) =>
  await resumeTurn(tx, message_id, `approval:${id}`);

async function approvalsOf(reply: Message) {
  return await stage.front.database.asSystem(async (tx) => await askedFor(tx, reply.id));
}

async function decideOn({ user_id }: TestThread, id: string, status: 'approved' | 'rejected') {
  return await stage.front.database.asUser(
    user_id,
    async (tx) => await decide(tx, user_id, id, { status, decided_via: 'api' }, goOn),
  );
}

/** The reply once it is over, not merely waiting. */
async function finalReply(thread: TestThread, message: Message): Promise<Message> {
  return await expect
    .poll(async () => await thread.reply(message), { timeout: 15_000 })
    .not.toMatchObject({ status: 'awaiting_approval' })
    .then(async () => await thread.reply(message));
}

async function somebodyWaits(): Promise<void> {
  await until('somebody waits for a lock', async () => {
    const { rowCount } = await db.owner.query('select from pg_locks where not granted');
    return rowCount! > 0;
  });
}

async function waiting(tools: TurnTool[], text: string, settings = {}) {
  await stage.assistant({ models: { 'builtin/offline': scriptedModel(paysThenTells) }, tools, ...settings });
  const thread = await stage.thread();
  const message = await thread.send(text);
  const reply = await thread.reply(message);
  return { thread, message, reply };
}

describe('a call that needs approval', () => {
  test('waits with its exact arguments, while later messages are answered', async () => {
    const done: string[] = [];
    const { thread, reply } = await waiting([payTool(done)], 'pay Ann');
    expect(reply).toMatchObject({
      status: 'awaiting_approval',
      parts: [
        { type: 'text', text: 'Wait. ' },
        { state: 'approval-requested', input: { to: 'Ann' } },
      ],
    });
    const [approval] = await approvalsOf(reply);
    expect(approval).toMatchObject({
      status: 'pending',
      tool_call_id: 'Ann',
      request: { tool: 'pay', arguments: { to: 'Ann' }, reasons: ['policy'], assistant: 'Secretary' },
    });
    expect(reply.parts[1]).toMatchObject({ approval: { id: approval?.id } });
    const next = await thread.reply(await thread.send('hello'));
    expect(textOf(next.parts)).toBe('you said: hello');
    expect(done).toEqual([]);
    expect(await thread.events()).toEqual(
      expect.arrayContaining(['approval.requested', 'notification.created']),
    );
  });

  test('is carried out once it is approved, once, and the reply ends', async () => {
    const done: string[] = [];
    const { thread, message, reply } = await waiting([payTool(done)], 'pay Ann');
    const [approval] = await approvalsOf(reply);
    await Promise.all([1, 2, 3].map(async () => await decideOn(thread, approval!.id, 'approved')));
    const final = await finalReply(thread, message);
    expect(final).toMatchObject({ id: reply.id, status: 'complete' });
    expect(textOf(final.parts)).toContain('"paid":"Ann"');
    expect(done).toEqual(['Ann']);
    const { rows } = await db.owner.query<{ read: boolean }>(
      'select read_at is not null as read from notifications where subject = $1',
      [`approval:${approval!.id}`],
    );
    expect(rows).toEqual([{ read: true }]);
    expect((await approvalsOf(reply))[0]).toMatchObject({
      status: 'approved',
      used_at: expect.any(Date) as Date,
    });
    await expect(decideOn(thread, approval!.id, 'rejected')).rejects.toMatchObject({
      code: 'approvals.decided',
    });
  });

  test('is not carried out when it is refused; the model is told', async () => {
    const done: string[] = [];
    const { thread, message, reply } = await waiting([payTool(done)], 'pay Ann');
    const [approval] = await approvalsOf(reply);
    await decideOn(thread, approval!.id, 'rejected');
    expect(textOf((await finalReply(thread, message)).parts)).toContain('did not allow this call');
    expect(done).toEqual([]);
  });

  test('goes on only when all of the reply are decided, each as decided', async () => {
    const done: string[] = [];
    const { thread, message, reply } = await waiting([payTool(done)], 'pay Ann Bob Cid');
    const [ann, bob, cid] = await approvalsOf(reply);
    await decideOn(thread, cid!.id, 'approved');
    await decideOn(thread, ann!.id, 'rejected');
    expect(await thread.reply(message)).toMatchObject({ status: 'awaiting_approval' });
    await decideOn(thread, bob!.id, 'approved');
    const text = textOf((await finalReply(thread, message)).parts);
    expect(done).toEqual(['Bob', 'Cid']);
    expect(text).toContain('did not allow');
  });

  test('goes on, too, when the last two of a reply are decided at the same moment', async () => {
    const done: string[] = [];
    const { thread, message, reply } = await waiting([payTool(done)], 'pay Ann Bob');
    const [ann, bob] = await approvalsOf(reply);
    const { promise: decided, resolve: tell } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const first = stage.front.database.asUser(thread.user_id, async (tx) => {
      await decide(tx, thread.user_id, ann!.id, { status: 'approved', decided_via: 'api' }, goOn);
      tell();
      await released;
    });
    await decided;
    const second = decideOn(thread, bob!.id, 'approved');
    await Promise.race([second, somebodyWaits()]);
    release();
    await Promise.all([first, second]);
    expect(await finalReply(thread, message)).toMatchObject({ status: 'complete' });
    expect(done).toEqual(['Ann', 'Bob']);
  });

  test('is not carried out when its reply is stopped just as it goes on', async () => {
    const done: string[] = [];
    const script = { models: { 'builtin/offline': scriptedModel(paysThenTells) }, tools: [payTool(done)] };
    const one = await stage.assistant(script);
    const thread = await stage.thread();
    const reply = await thread.reply(await thread.send('pay Ann'));
    await one.stop();
    const [approval] = await approvalsOf(reply);
    await decideOn(thread, approval!.id, 'approved');
    // The stop, up to its commit.
    await db.owner.query('begin');
    await db.owner.query(`update messages set status = 'stopped' where id = $1`, [reply.id]);
    await stage.assistant(script);
    await somebodyWaits();
    await db.owner.query('commit');
    const item = async () =>
      await stage.front.database.system
        .selectFrom('lane_items')
        .select('status')
        .where('lane_key', '=', `thread:${thread.thread_id}`)
        .execute();
    await expect.poll(item).toEqual([{ status: 'completed' }, { status: 'completed' }]);
    expect((await thread.messages()).at(-1)).toMatchObject({ id: reply.id, status: 'stopped' });
    expect(done).toEqual([]);
  });

  test('lapses: past its time, and with a stop, an edit or the end of the reply', async () => {
    const done: string[] = [];
    const { thread, message, reply } = await waiting([payTool(done)], 'pay Ann');
    const [late] = await approvalsOf(reply);
    await db.owner.query(`update approvals set expires_at = now() - interval '1 s' where id = $1`, [
      late!.id,
    ]);
    await expect(decideOn(thread, late!.id, 'approved')).rejects.toMatchObject({ code: 'approvals.expired' });
    await expireLate(async (work) => await stage.front.database.asSystem(work), goOn);
    expect(textOf((await finalReply(thread, message)).parts)).toContain('in time');

    const stopped = await thread.send('pay Bob');
    const stoppedReply = await thread.reply(stopped);
    await stage.front.database.asUser(thread.user_id, async (tx) => {
      expect(await stopTurn(tx, thread.thread_id)).toBe(true);
    });
    expect(await thread.reply(stopped)).toMatchObject({ status: 'stopped' });
    const [ofStopped] = await approvalsOf(stoppedReply);
    await expect(decideOn(thread, ofStopped!.id, 'approved')).rejects.toMatchObject({
      code: 'approvals.decided',
    });

    const edited = await thread.send('pay Cid');
    const editedReply = await thread.reply(edited);
    const next = await thread.send('and now?');
    await thread.reply(next);
    await stage.front.database.asUser(
      thread.user_id,
      async (tx) =>
        await sendMessage(tx, thread.user_id, {
          thread_id: thread.thread_id,
          text: 'never mind',
          channel: 'api',
          edits: edited.id,
        }),
    );
    expect((await approvalsOf(editedReply))[0]).toMatchObject({ status: 'expired' });
    expect(done).toEqual([]);
  });

  test('is nobody else’s to decide or to see', async () => {
    const { reply } = await waiting([payTool([])], 'pay Ann');
    const other = await stage.thread();
    const [approval] = await approvalsOf(reply);
    await expect(decideOn(other, approval!.id, 'approved')).rejects.toMatchObject({
      code: 'approvals.not_found',
    });
    const seen = await stage.front.database.asUser(other.user_id, async (tx) => await askedFor(tx, reply.id));
    expect(seen).toEqual([]);
  });
});
