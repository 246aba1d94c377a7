import { describe, expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { testThread } from '#test/turns.ts';
import { sendMessage } from './send-message.ts';
import { speak } from './speak.ts';

const db = testDatabase({ poolSize: 10 });

async function items(threadId: string): Promise<{ kind: string; payload: unknown }[]> {
  const { rows } = await db.owner.query<{ kind: string; payload: unknown }>(
    'select kind, payload from lane_items where lane_key = $1 order by seq',
    [`thread:${threadId}`],
  );
  return rows;
}

describe('sendMessage', () => {
  test('stores the message, its turn and its event together', async () => {
    const thread = await testThread(db, db);
    const message = await thread.send('hello');
    expect(message).toMatchObject({
      seq: 1,
      role: 'user',
      status: 'complete',
      channel: 'api',
      external_id: null,
    });
    expect(message.parts).toEqual([{ type: 'text', text: 'hello' }]);
    expect(await items(thread.thread_id)).toEqual([
      { kind: 'turn', payload: { message_id: message.id, turn_id: message.turn_id } },
    ]);
    expect(await thread.events()).toEqual(['message.created']);
  });

  test('is one message for one client id, also when sent many times at once', async () => {
    const thread = await testThread(db, db);
    const sent = await Promise.all(Array.from({ length: 10 }, async () => await thread.send('once', 'id-1')));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(new Set(sent.map(({ turn_id }) => turn_id)).size).toBe(1);
    expect(await items(thread.thread_id)).toHaveLength(1);
    expect(await thread.messages()).toHaveLength(1);
  });

  test('answers the message that is there, also for other words under its client id', async () => {
    const thread = await testThread(db, db);
    const first = await thread.send('one', 'id-1');
    expect(await thread.send('two', 'id-1')).toEqual(first);
    expect(await thread.messages()).toHaveLength(1);
  });

  test('numbers the messages of a thread without a gap, also when they come at once', async () => {
    const thread = await testThread(db, db);
    await Promise.all(Array.from({ length: 20 }, async (_, n) => await thread.send(`message ${n}`)));
    const seqs = (await thread.messages()).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    // What is stored first is worked first.
    const order = (await items(thread.thread_id)).map(
      ({ payload }) => (payload as { message_id: string }).message_id,
    );
    expect(order).toEqual((await thread.messages()).map(({ id }) => id));
  });

  test("knows no thread of somebody else's", async () => {
    const thread = await testThread(db, db);
    const stranger = await createUser(db.database.system);
    const sending = db.database.asUser(
      stranger.id,
      async (tx) =>
        await sendMessage(tx, stranger.id, { thread_id: thread.thread_id, text: 'hello', channel: 'api' }),
    );
    await expect(sending).rejects.toMatchObject({ code: 'threads.not_found', kind: 'not_found' });
  });

  test('stores what a client may write: quotes, backslashes and all of Unicode', async () => {
    const thread = await testThread(db, db);
    const text = 'a "quote", a \\u0000 written out, \\\\, 🙂 and a\nline';
    const { id } = await thread.send(text);
    const [stored] = await thread.messages();
    expect(stored).toMatchObject({ id, parts: [{ type: 'text', text }] });
  });
});

describe('speak', () => {
  test('says a thing once in the main thread, however often it is asked to at once', async () => {
    const { user_id, assistant_id, messages, events } = await testThread(db, db);
    const spoken = { user_id, assistant_id, text: 'Stretch!', external_id: 'occurrence:1' };
    await Promise.all(
      Array.from(
        { length: 5 },
        async () => await db.database.asUser(user_id, async (tx) => await speak(tx, spoken)),
      ),
    );
    expect(await messages()).toMatchObject([
      { seq: 1, role: 'assistant', status: 'complete', parts: [{ type: 'text', text: 'Stretch!' }] },
    ]);
    expect(await events()).toEqual(['message.created', 'message.completed']);
  });

  test('makes the main thread when there is none, and speaks as the secretary for an assistant that is gone', async () => {
    const { user_id, thread_id, assistant_id } = await testThread(db, db);
    await db.owner.query('delete from threads where id = $1', [thread_id]);
    const gone = '00000000-0000-7000-8000-000000000000';
    const spoken = { user_id, assistant_id: gone, text: 'Hello', external_id: 'occurrence:2' };
    const message = await db.database.asUser(user_id, async (tx) => await speak(tx, spoken));
    const { rows } = await db.owner.query('select assistant_id, is_main from threads where id = $1', [
      message.thread_id,
    ]);
    expect(rows).toEqual([{ assistant_id, is_main: true }]);
  });
});
