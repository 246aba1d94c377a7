import { describe, expect, test } from 'vitest';
import { serve } from '#platform/http/test-server.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { echo, scriptedModel, turnStage } from '#test/turns.ts';
import { conversationRoutes } from './routes.ts';

const db = testDatabase();
const stage = turnStage(db);

/** The routes as this user's client sees them. */
async function clientOf(user_id: string) {
  const { call } = await serve({
    routes: conversationRoutes(stage.front),
    authenticate: async () =>
      await Promise.resolve({
        user_id,
        scopes: ['chat:read', 'chat:write'],
        token_id: null,
        session_id: null,
      }),
  });
  return call;
}

async function person() {
  const user = await createUser(db.database.system);
  const secretary = await createAssistant(db.database.system, { user_id: user.id });
  return { user, secretary, call: await clientOf(user.id) };
}

async function assistantProcess() {
  await stage.assistant({ models: { 'builtin/offline': scriptedModel(echo) } });
}

describe('/api/threads', () => {
  test('the main thread is made once, with the secretary when no assistant is named', async () => {
    const { secretary, call } = await person();
    const answers = await Promise.all([1, 2, 3].map(async () => await call('GET', '/api/threads/main')));
    expect(new Set(answers.map(({ json }) => json['id'])).size).toBe(1);
    expect(answers[0]).toMatchObject({
      status: 200,
      json: { assistant_id: secretary.id, is_main: true, title: null },
    });
    const named = await call('GET', `/api/threads/main?assistant_id=${secretary.id}`);
    expect(named.json['id']).toBe(answers[0]?.json['id']);
  });

  test('threads are begun, listed newest first by pages, renamed, archived and deleted', async () => {
    const { secretary, call } = await person();
    const ids: string[] = [];
    for (const title of ['a', 'b', 'c']) {
      const made = await call('POST', '/api/threads', { assistant_id: secretary.id, title });
      expect(made).toMatchObject({ status: 201, json: { title, is_main: false, archived_at: null } });
      ids.unshift(String(made.json['id']));
    }
    const first = await call('GET', '/api/threads?limit=2');
    const second = await call('GET', `/api/threads?limit=2&cursor=${String(first.json['next_cursor'])}`);
    const pages = [first, second].map(({ json }) => json['items'] as { id: string }[]);
    expect(pages.flat().map(({ id }) => id)).toEqual(ids);
    expect(second.json['next_cursor']).toBeNull();

    const patched = await call('PATCH', `/api/threads/${ids[0]}`, { title: 'z', archived: true });
    expect(patched).toMatchObject({ status: 200, json: { title: 'z', archived_at: expect.any(String) } });
    const archived = await call('GET', '/api/threads?archived=true');
    expect(archived.json['items']).toMatchObject([{ id: ids[0] }]);
    const back = await call('PATCH', `/api/threads/${ids[0]}`, { archived: false });
    expect(back.json).toMatchObject({ title: 'z', archived_at: null });

    expect((await call('DELETE', `/api/threads/${ids[0]}`)).status).toBe(204);
    expect(await call('GET', `/api/threads/${ids[0]}`)).toMatchObject({
      status: 404,
      json: { code: 'threads.not_found' },
    });
  });

  test("an assistant that is not the caller's is a wrong field", async () => {
    const { call } = await person();
    const other = await person();
    for (const assistant_id of [other.secretary.id, newId()]) {
      for (const answer of [
        await call('POST', '/api/threads', { assistant_id }),
        await call('GET', `/api/threads/main?assistant_id=${assistant_id}`),
      ]) {
        expect(answer).toMatchObject({ status: 422, json: { errors: [{ path: 'assistant_id' }] } });
      }
    }
  });

  test("every route answers 404 for somebody else's thread", async () => {
    const { call } = await person();
    const other = await person();
    const { json } = await other.call('GET', '/api/threads/main');
    const path = `/api/threads/${String(json['id'])}`;
    const answers = [
      await call('GET', path),
      await call('PATCH', path, { title: 'mine' }),
      await call('DELETE', path),
      await call('GET', `${path}/messages`),
      await call('POST', `${path}/messages`, { text: 'hello' }),
      await call('POST', `${path}/messages?wait=1`, { text: 'hello' }),
      await call('POST', `${path}/stop`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await other.call('GET', path)).json['title']).toBeNull();
  });
});

describe('/api/threads/{id}/messages', () => {
  async function mainThread() {
    const { call } = await person();
    const { json } = await call('GET', '/api/threads/main');
    return { call, path: `/api/threads/${String(json['id'])}` };
  }

  test('takes a message at once, and with wait answers with the reply', async () => {
    await assistantProcess();
    const { call, path } = await mainThread();
    const sent = await call('POST', `${path}/messages`, { text: 'one' });
    expect(sent).toMatchObject({
      status: 202,
      json: { message: { seq: 1, status: 'complete', channel: 'api' } },
    });
    expect(sent.json).not.toHaveProperty('reply');
    const body = { text: 'two', client_message_id: 'c-1' };
    const answered = await call('POST', `${path}/messages?wait=20`, body);
    expect(answered).toMatchObject({
      status: 200,
      json: {
        message: { external_id: 'c-1' },
        turn_id: (answered.json['message'] as { turn_id: string }).turn_id,
        reply: {
          status: 'complete',
          model: 'builtin/offline',
          parts: [{ type: 'text', text: 'you said: two' }],
        },
      },
    });
    expect((await call('POST', `${path}/messages?wait=20`, body)).json).toEqual(answered.json);
    const again = await call('POST', `${path}/messages`, body);
    expect(again).toMatchObject({ status: 202, json: { message: answered.json['message'] } });
    expect(await call('POST', `${path}/messages`, { ...body, text: 'three' })).toMatchObject({
      json: again.json,
    });
  });

  test('answers 202 when time runs out', async () => {
    const { call, path } = await mainThread();
    const answer = await call('POST', `${path}/messages?wait=1`, { text: 'anybody?' });
    expect(answer).toMatchObject({ status: 202, json: { message: { seq: 1 }, turn_id: expect.any(String) } });
  });

  test('lists oldest first, by pages', async () => {
    const { call, path } = await mainThread();
    for (const text of ['a', 'b', 'c']) await call('POST', `${path}/messages`, { text });
    const first = await call('GET', `${path}/messages?limit=2`);
    const rest = await call('GET', `${path}/messages?limit=2&cursor=${String(first.json['next_cursor'])}`);
    const seqs = [first, rest].map(({ json }) => (json['items'] as { seq: number }[]).map(({ seq }) => seq));
    expect(seqs).toEqual([[1, 2], [3]]);
    expect(rest.json['next_cursor']).toBeNull();
  });

  test.each<[string, unknown, string]>([
    ['?wait=61', { text: 'a' }, 'wait'],
    ['?wait=-1', { text: 'a' }, 'wait'],
    ['?wait=soon', { text: 'a' }, 'wait'],
    ['', { text: '  ' }, 'text'],
    ['', { text: 'a'.repeat(32_001) }, 'text'],
    ['', {}, 'text'],
    ['', { text: 'a', client_message_id: '' }, 'client_message_id'],
    ['', { text: 'a', colour: 'red' }, 'colour'],
  ])('refuses %s %o', async (query, body, path) => {
    const thread = await mainThread();
    expect(await thread.call('POST', `${thread.path}/messages${query}`, body)).toMatchObject({
      status: 422,
      json: { errors: [{ path }] },
    });
    expect(await thread.call('GET', `${thread.path}/messages`)).toMatchObject({ json: { items: [] } });
  });

  test('takes the longest text there may be', async () => {
    const { call, path } = await mainThread();
    expect((await call('POST', `${path}/messages`, { text: 'я'.repeat(32_000) })).status).toBe(202);
  });

  test('stop says whether there was something to stop', async () => {
    const { call, path } = await mainThread();
    expect(await call('POST', `${path}/stop`)).toMatchObject({ status: 200, json: { stopped: false } });
    await call('POST', `${path}/messages`, { text: 'wait' });
    expect(await call('POST', `${path}/stop`)).toMatchObject({ status: 200, json: { stopped: true } });
    await assistantProcess();
    await expect
      .poll(async () => (await call('GET', `${path}/messages`)).json['items'])
      .toMatchObject([{ role: 'user' }, { role: 'assistant', status: 'stopped' }]);
  });
});
