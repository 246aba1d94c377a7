import { describe, expect, onTestFinished, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { followEvents, streamStart, type Delta, type LiveEvent } from './follow.ts';

const files = testDatabase();

async function reader({ after, subject }: { after?: number; subject?: string } = {}, userId?: string) {
  const { database, signals } = files;
  const user_id = userId ?? (await createUser(database.system)).id;
  const heard: LiveEvent[] = [];
  const leaving = new AbortController();
  const start = await streamStart(database, user_id, after);
  const follow = () => {
    const done = followEvents({
      database,
      signals,
      userId: user_id,
      start,
      subject,
      signal: leaving.signal,
      send: (event) => void heard.push(event),
    });
    onTestFinished(async () => {
      leaving.abort();
      await done;
    });
  };
  const emit = async (type: string, on = 'thread:t') =>
    await database.asUser(user_id, async (tx) => {
      tx.emit({ user_id, type, subject: on, payload: { message_id: 'm' } });
      await Promise.resolve();
    });
  const say = (text: string) => {
    const delta: Delta = { thread_id: 't', message_id: 'm', offset: 0, text };
    signals.publish(`delta:${user_id}`, JSON.stringify(delta));
  };
  const types = () => heard.map(({ type }) => type);
  const hears = async (count: number) => await until(`${count} events`, () => heard.length >= count);
  return { user_id, start, follow, emit, say, heard, types, hears };
}

describe('a stream', () => {
  test('has what was committed after its start was settled, though it was not read yet', async () => {
    const { follow, emit, hears, types } = await reader();
    await emit('message.created');
    follow();
    await emit('tool.started');
    await hears(2);
    expect(types()).toEqual(['message.created', 'tool.started']);
  });

  test('has the text of a message before its end, when all of it is there at once', async () => {
    const { user_id, follow, emit, say, hears, types } = await reader();
    follow();
    await emit('first');
    await hears(1);
    // Committed without a hint: the reader hears of it together with the text.
    const events = ['message.created', 'message.completed'].map((type) => {
      return { user_id, type, subject: 'thread:t', payload: { message_id: 'm' } };
    });
    await files.owner.query(`select commit_effects(null, '[]', $1)`, [JSON.stringify(events)]);
    files.signals.publish(`user:${user_id}`);
    say('hello');
    say(' there');
    await hears(5);
    expect(types().slice(1)).toEqual([
      'message.created',
      'message.delta',
      'message.delta',
      'message.completed',
    ]);
  });

  test('of a subject has only what is about it', async () => {
    const { follow, emit, say, hears, types } = await reader({ subject: 'thread:t' });
    follow();
    await emit('notification.created', 'notification:n');
    await emit('message.created');
    say('hello');
    await hears(2);
    expect(types()).toEqual(['message.created', 'message.delta']);
  });

  test('goes on after a cursor, and says when it can not', async () => {
    const first = await reader();
    for (const type of ['a', 'b', 'c']) await first.emit(type);
    const again = await reader({ after: 1 }, first.user_id);
    again.follow();
    await again.hears(2);
    expect(again.heard.map(({ seq, type }) => [seq, type])).toEqual([
      [2, 'b'],
      [3, 'c'],
    ]);
    const lost = await reader({ after: 17 }, first.user_id);
    lost.follow();
    await lost.hears(1);
    expect(lost.heard).toEqual([expect.objectContaining({ type: 'stream.reset', payload: { last_seq: 3 } })]);
  });
});
