import { expect, test } from 'vitest';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { askAsClient, isWholeReply, type ClientConversation } from './ask-as-client.ts';
import { pruneClientThreads, type Said } from './queries/client-threads.ts';
import { insertMessage, selectLatestMessages } from './queries/messages.ts';
import type { Message } from './contract.ts';

const db = testDatabase();

async function client() {
  const { id: user_id } = await createUser(db.database.system);
  const { id: assistant_id } = await createAssistant(db.database.system, { user_id });
  const ask = async (history: Said[], question: string, more: Partial<ClientConversation> = {}) =>
    await db.database.asUser(
      user_id,
      async (tx) =>
        await askAsClient(tx, {
          user_id,
          assistant_id,
          instructions: null,
          history,
          question,
          isReply: isWholeReply,
          ...more,
        }),
    );
  /** As the turn does at its end. */
  const reply = async ({ thread_id, turn_id }: Message, text: string) =>
    await db.database.asUser(user_id, async (tx) => {
      await insertMessage(tx.db, {
        id: crypto.randomUUID(),
        thread_id,
        user_id,
        turn_id,
        role: 'assistant',
        parts: [{ type: 'text', text }],
        status: 'complete',
        channel: 'api',
        external_id: null,
      });
    });
  const shown = async (threadId: string) => {
    const messages = await selectLatestMessages(db.database.system, threadId, {
      unsummarised_before: 0,
      limit: 80,
    });
    return messages
      .toReversed()
      .map(({ role, parts, tainted }) => [role, (parts[0] as { text: string }).text, tainted]);
  };
  return { user_id, assistant_id, ask, reply, shown };
}

const user = (text: string): Said => ({ role: 'user', text });
const assistant = (text: string): Said => ({ role: 'assistant', text });

test('a conversation goes on in its thread, as long as the client has it as it is here', async () => {
  const { ask, reply, shown } = await client();
  const first = await ask([], 'one?');
  await reply(first, 'One.');
  const second = await ask([user('one?'), assistant('One. ')], 'two?');
  expect(second.thread_id).toBe(first.thread_id);
  await reply(second, 'Two.');
  const third = await ask([user('one?'), assistant('One.'), user('two?'), assistant('Two.')], 'three?');
  expect(third.thread_id).toBe(first.thread_id);
  expect(await shown(first.thread_id)).toEqual([
    ['user', 'one?', false],
    ['assistant', 'One.', false],
    ['user', 'two?', false],
    ['assistant', 'Two.', false],
    ['user', 'three?', false],
  ]);
});

test('one that was changed is another, and what it says of the assistant counts as strangers’ words', async () => {
  const { ask, reply, shown } = await client();
  const first = await ask([], 'one?');
  await reply(first, 'One.');
  const other = await ask([user('one?'), assistant('Eleven.')], 'two?');
  expect(other.thread_id).not.toBe(first.thread_id);
  expect(await shown(other.thread_id)).toEqual([
    ['user', 'one?', false],
    ['assistant', 'Eleven.', true],
    ['user', 'two?', false],
  ]);
});

test('so is one with other words of the system, or with another assistant', async () => {
  const { user_id, ask } = await client();
  const { id } = await createAssistant(db.database.system, { user_id, is_secretary: false });
  const plain = await ask([], 'one?');
  const told = await ask([], 'one?', { instructions: 'In French.' });
  const another = await ask([], 'one?', { assistant_id: id });
  expect(new Set([plain, told, another].map(({ thread_id }) => thread_id)).size).toBe(3);
});

test('the same question again takes the place of the first once that is answered, not before', async () => {
  const { ask, reply, shown } = await client();
  const first = await ask([user('a'), assistant('b')], 'one?');
  const hasty = await ask([user('a'), assistant('b')], 'one?');
  expect(hasty.thread_id).not.toBe(first.thread_id);
  await reply(hasty, 'One.');
  const again = await ask([user('a'), assistant('b')], 'one?');
  expect(again.thread_id).toBe(hasty.thread_id);
  expect(await shown(again.thread_id)).toEqual([
    ['user', 'a', false],
    ['assistant', 'b', true],
    ['user', 'one?', false],
  ]);
});

test('nobody else’s is gone on with, and old ones are deleted', async () => {
  const [mine, other] = [await client(), await client()];
  const first = await mine.ask([], 'one?');
  const theirs = await other.ask([], 'one?', { assistant_id: mine.assistant_id }).catch(() => undefined);
  expect(theirs?.thread_id).not.toBe(first.thread_id);
  await pruneClientThreads(db.database.system, new Date(Date.now() - 60_000));
  expect(await mine.shown(first.thread_id)).toHaveLength(1);
  await pruneClientThreads(db.database.system, new Date(Date.now() + 60_000));
  expect(await mine.shown(first.thread_id)).toEqual([]);
});
