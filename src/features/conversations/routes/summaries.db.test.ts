import { describe, expect, test } from 'vitest';
import { serve } from '#platform/http/test-server.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createThread, createUser } from '#test/factories.ts';
import { conversationRoutes } from '../routes.ts';
import { insertSummary } from '../queries/summaries.ts';

const db = testDatabase();

async function person() {
  const { id: user_id } = await createUser(db.database.system);
  const { id: assistant_id } = await createAssistant(db.database.system, { user_id });
  const { id: thread_id } = await createThread(db.database.system, { user_id, assistant_id });
  const { call } = await serve({
    routes: conversationRoutes(db),
    authenticate: async () =>
      await Promise.resolve({
        user_id,
        scopes: ['chat:read', 'chat:write'],
        token_id: null,
        session_id: null,
      }),
  });
  const summary = async (up_to_seq: number, text: string) =>
    await insertSummary(db.database.system, {
      id: newId(),
      user_id,
      thread_id,
      up_to_seq,
      text,
      model: 'a/b',
      tainted: true,
    });
  return { user_id, call, summary, path: `/api/threads/${thread_id}/summaries` };
}

async function eventsOf(user_id: string) {
  const { rows } = await db.owner.query<{ type: string }>('select type from events where user_id = $1', [
    user_id,
  ]);
  return rows.map(({ type }) => type);
}

describe('/api/threads/{id}/summaries', () => {
  test('are listed newest first, by pages', async () => {
    const { call, summary, path } = await person();
    expect((await call('GET', path)).json).toEqual({ items: [], next_cursor: null });
    await summary(10, 'one');
    await summary(20, 'two');
    const first = await call('GET', `${path}?limit=1`);
    expect(first.json).toMatchObject({
      items: [{ text: 'two', up_to_seq: 20, is_active: true, tainted: true }],
    });
    const second = await call('GET', `${path}?limit=1&cursor=${String(first.json['next_cursor'])}`);
    expect(second.json).toMatchObject({ items: [{ text: 'one' }], next_cursor: null });
  });

  test('what the user rewrites is their own word; its use can be ended', async () => {
    const { user_id, call, summary, path } = await person();
    const { id } = await summary(10, 'one');
    const put = await call('PATCH', `${path}/${id}`, { is_active: false });
    expect(put).toMatchObject({
      status: 200,
      json: { text: 'one', is_active: false, model: 'a/b', tainted: true },
    });
    const rewritten = await call('PATCH', `${path}/${id}`, { text: 'mine', is_active: true });
    expect(rewritten.json).toMatchObject({ text: 'mine', is_active: true, model: null, tainted: false });
    expect(await eventsOf(user_id)).toEqual(['thread.updated', 'thread.updated']);
  });

  test('the same words again are no change', async () => {
    const { user_id, call, summary, path } = await person();
    const { id } = await summary(10, 'one');
    expect((await call('PATCH', `${path}/${id}`, { text: 'one' })).json).toMatchObject({
      model: 'a/b',
      tainted: true,
    });
    expect((await call('PATCH', `${path}/${id}`, {})).status).toBe(200);
    expect(await eventsOf(user_id)).toEqual([]);
  });

  test('are deleted', async () => {
    const { call, summary, path } = await person();
    const { id } = await summary(10, 'one');
    expect((await call('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await call('DELETE', `${path}/${id}`)).json).toMatchObject({ code: 'summaries.not_found' });
    expect((await call('PATCH', `${path}/${id}`, { text: 'x' })).status).toBe(404);
  });

  test('nobody else’s, and none of another thread’s', async () => {
    const ann = await person();
    const bob = await person();
    const { id } = await ann.summary(10, 'one');
    expect((await bob.call('GET', ann.path)).status).toBe(404);
    for (const path of [ann.path, bob.path]) {
      expect((await bob.call('PATCH', `${path}/${id}`, { text: 'x' })).status).toBe(404);
      expect((await bob.call('DELETE', `${path}/${id}`)).status).toBe(404);
    }
  });

  test.each([{ text: '' }, { text: 'x'.repeat(20_001) }, { is_active: null }, { model: 'c/d' }])(
    'refuses %j',
    async (body) => {
      const { call, summary, path } = await person();
      const { id } = await summary(10, 'one');
      expect((await call('PATCH', `${path}/${id}`, body)).status).toBe(422);
    },
  );
});
