import { describe, expect, test } from 'vitest';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { echo, scriptedModel, turnStage, type TestThread } from '#test/turns.ts';
import type { Message } from './contract.ts';
import { textOf } from './parts.ts';
import { sendMessage } from './send-message.ts';

const db = testDatabase();
const stage = turnStage(db);

async function edit(thread: TestThread, edits: string, text: string, external_id?: string): Promise<Message> {
  const { user_id, thread_id } = thread;
  return await stage.front.database.asUser(
    user_id,
    async (tx) => await sendMessage(tx, user_id, { thread_id, text, channel: 'api', edits, external_id }),
  );
}

/** Each message of the thread: what it says, and what took its place. */
async function shown(thread: TestThread): Promise<[string, string | null][]> {
  const messages = await thread.messages();
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  const words = new Map(messages.map(({ id, parts }) => [id, textOf(parts)]));
  return messages.map(({ parts, superseded_by }) => [
    textOf(parts),
    superseded_by === null ? null : words.get(superseded_by)!,
  ]);
}

describe('a message that edits another', () => {
  test('takes its place: that one and all after it are superseded, and no model is shown them', async () => {
    const model = scriptedModel(echo);
    await stage.assistant({ models: { 'builtin/offline': model } });
    const thread = await stage.thread();
    await thread.reply(await thread.send('one'));
    const two = await thread.send('two');
    await thread.reply(two);
    await thread.reply(await thread.send('three'));
    const edited = await edit(thread, two.id, 'deux');
    await thread.reply(edited);
    expect(await shown(thread)).toEqual([
      ['one', null],
      ['you said: one', null],
      ['two', 'deux'],
      ['you said: two', 'deux'],
      ['three', 'deux'],
      ['you said: three', 'deux'],
      ['deux', null],
      ['you said: deux', null],
    ]);
    expect(
      model.doStreamCalls
        .at(-1)
        ?.prompt.slice(1)
        .map(({ content }) => content),
    ).toMatchObject([[{ text: 'one' }], [{ text: 'you said: one' }], [{ text: 'deux' }]]);

    // What was superseded before keeps what took its place.
    await thread.reply(await edit(thread, edited.id, 'zwei'));
    expect((await shown(thread)).slice(2)).toEqual([
      ['two', 'deux'],
      ['you said: two', 'deux'],
      ['three', 'deux'],
      ['you said: three', 'deux'],
      ['deux', 'zwei'],
      ['you said: deux', 'zwei'],
      ['zwei', null],
      ['you said: zwei', null],
    ]);
  });

  test('leaves the reply to the message before, wherever it is stored', async () => {
    const thread = await stage.thread();
    await thread.send('one');
    const two = await thread.send('two');
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(echo) } });
    await thread.reply(two);
    await thread.reply(await edit(thread, two.id, 'deux'));
    expect(await shown(thread)).toEqual([
      ['one', null],
      ['two', 'deux'],
      ['you said: one', null],
      ['you said: two', 'deux'],
      ['deux', null],
      ['you said: deux', null],
    ]);
  });

  test('is told of: what is void, then what took its place', async () => {
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(echo) } });
    const thread = await stage.thread();
    const one = await thread.send('one');
    await thread.reply(one);
    const edited = await edit(thread, one.id, 'un');
    const { rows } = await db.owner.query<{ type: string; payload: object }>(
      'select type, payload from events where user_id = $1 order by seq offset 3 limit 2',
      [thread.user_id],
    );
    expect(rows).toMatchObject([
      {
        type: 'message.reset',
        payload: { message_id: one.id, role: 'user', superseded_by: edited.id },
      },
      { type: 'message.created', payload: { message_id: edited.id, turn_id: edited.turn_id } },
    ]);
    expect(rows[1]?.payload).not.toHaveProperty('superseded_by');
  });

  test('sent again with its client id is the same message; the edited one has no reply to wait for', async () => {
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(echo) } });
    const thread = await stage.thread();
    const one = await thread.send('one', 'id-1');
    await thread.reply(one);
    const edited = await edit(thread, one.id, 'un', 'id-2');
    await thread.reply(edited);
    expect(await edit(thread, one.id, 'un', 'id-2')).toEqual(edited);
    expect(await thread.messages()).toHaveLength(4);
    const known = await thread.send('one', 'id-1');
    expect(known).toMatchObject({ id: one.id, superseded_by: edited.id });
    const at = performance.now();
    await expect(thread.reply(known)).rejects.toThrow('no reply');
    expect(performance.now() - at).toBeLessThan(5_000);
  });

  test('is refused for what is no standing message of the user in the thread', async () => {
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(echo) } });
    const [thread, another] = [await stage.thread(), await stage.thread()];
    const one = await thread.send('one');
    const reply = await thread.reply(one);
    await thread.reply(await edit(thread, one.id, 'un'));
    const foreign = await another.send('elsewhere');
    const before = await thread.messages();
    for (const id of [one.id, reply.id, foreign.id, newId()]) {
      await expect(edit(thread, id, 'no')).rejects.toMatchObject({ problems: [{ path: 'edits' }] });
    }
    expect(await thread.messages()).toEqual(before);
  });

  test('is refused while a reply is waited for', async () => {
    const thread = await stage.thread();
    const one = await thread.send('one');
    await expect(edit(thread, one.id, 'un')).rejects.toMatchObject({
      code: 'threads.reply_pending',
      kind: 'conflict',
    });
    expect(await shown(thread)).toEqual([['one', null]]);
  });
});
