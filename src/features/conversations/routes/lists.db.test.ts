import { describe, expect, test } from 'vitest';
import { serve } from '#platform/http/test-server.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { echo, scriptedModel, turnStage } from '#test/turns.ts';
import { until } from '#test/until.ts';
import { conversationRoutes } from '../routes.ts';

const db = testDatabase();
const stage = turnStage(db);

async function person(by: { token_id?: string; session_id?: string } = { token_id: newId() }) {
  const { id: user_id } = await createUser(db.database.system);
  const { id: assistant_id } = await createAssistant(db.database.system, { user_id });
  const scopes = ['chat:read', 'chat:write'];
  const { call } = await serve({
    routes: conversationRoutes(stage.front),
    authenticate: async () =>
      await Promise.resolve({ user_id, scopes, token_id: null, session_id: null, ...by }),
  });
  const begin = async (title?: string) => {
    const { json } = await call('POST', '/api/threads', { assistant_id, title });
    return `/api/threads/${String(json['id'])}`;
  };
  return { call, begin };
}

type Call = Awaited<ReturnType<typeof person>>['call'];

/** What a list has, page by page. */
async function pagesOf<T>(call: Call, path: string): Promise<T[][]> {
  const pages: T[][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { json } = await call('GET', `${path}${cursor && `&cursor=${cursor}`}`);
    pages.push(json['items'] as T[]);
    cursor = json['next_cursor'] as string | null;
  }
  return pages;
}

describe('messages', () => {
  async function filled() {
    const { call, begin } = await person();
    const path = `${await begin()}/messages`;
    for (const text of ['a', 'b', 'c', 'd', 'e']) await call('POST', path, { text });
    return { call, path };
  }

  test.each([
    ['', [[1, 2], [3, 4], [5]]],
    ['&order=oldest', [[1, 2], [3, 4], [5]]],
    ['&order=newest', [[5, 4], [3, 2], [1]]],
  ])('come by pages: %j', async (order, seqs) => {
    const { call, path } = await filled();
    const pages = await pagesOf<{ seq: number }>(call, `${path}?limit=2${order}`);
    expect(pages.map((items) => items.map(({ seq }) => seq))).toEqual(seqs);
  });

  test('a cursor of one order is none of the other', async () => {
    const { call, path } = await filled();
    for (const [order, other] of [
      ['oldest', 'newest'],
      ['newest', 'oldest'],
    ]) {
      const { json } = await call('GET', `${path}?limit=2&order=${order}`);
      const crossed = await call('GET', `${path}?order=${other}&cursor=${String(json['next_cursor'])}`);
      expect(crossed).toMatchObject({ status: 422, json: { code: 'request.bad_cursor' } });
    }
  });

  test.each<[string, { token_id?: string; session_id?: string }, string]>([
    ['with an API token', { token_id: newId() }, 'api'],
    ['in a session', { session_id: newId() }, 'web'],
    ['with both', { token_id: newId(), session_id: newId() }, 'api'],
  ])('that are sent %s say so', async (_, by, channel) => {
    const { call, begin } = await person(by);
    const path = `${await begin()}/messages`;
    expect(await call('POST', path, { text: 'a' })).toMatchObject({ json: { message: { channel } } });
  });

  test('are edited, and replies made anew', async () => {
    await stage.assistant({ models: { 'builtin/offline': scriptedModel(echo) } });
    const { call, begin } = await person();
    const thread = await begin();
    expect(await call('POST', `${thread}/regenerate`)).toMatchObject({
      status: 409,
      json: { code: 'threads.no_turn' },
    });
    const sent = await call('POST', `${thread}/messages?wait=20`, { text: 'one' });
    const { message, turn_id } = sent.json as { message: { id: string }; turn_id: string };
    expect(await call('POST', `${thread}/regenerate`)).toMatchObject({
      status: 202,
      json: { message, turn_id },
    });
    const edits = message.id;
    await until('the reply is made anew, and the message edited', async () => {
      const { status } = await call('POST', `${thread}/messages`, { text: 'un', edits });
      return status === 202;
    });
    const again = await call('POST', `${thread}/messages`, { text: 'eins', edits });
    expect(again).toMatchObject({ status: 422, json: { errors: [{ path: 'edits' }] } });
    const { json } = await call('GET', `${thread}/messages?order=newest&limit=1`);
    expect(json['items']).toMatchObject([{ superseded_by: null }]);
  });

  test("regenerate knows no thread of somebody else's, and stop no turn of it", async () => {
    const { call, begin } = await person();
    const other = await person();
    const [mine, theirs] = [await begin(), await other.begin()];
    expect((await call('POST', `${theirs}/regenerate`)).status).toBe(404);
    const { json } = await other.call('POST', `${theirs}/messages`, { text: 'hello' });
    expect(await call('POST', `${mine}/stop`, { turn_id: json['turn_id'] })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'turn_id' }] },
    });
    expect((await other.call('POST', `${theirs}/stop`, { turn_id: json['turn_id'] })).json).toEqual({
      stopped: true,
    });
  });
});

describe('threads', () => {
  interface Thread {
    id: string;
    title: string | null;
    last_message_at: string;
    created_at: string;
  }

  test('come in the order of their last messages, by pages; renaming one is none', async () => {
    const { call, begin } = await person();
    const paths: string[] = [];
    for (const title of ['a', 'b', 'c', 'd', 'e']) paths.push(await begin(title));
    const [a, , c] = paths as [string, string, string];
    await call('POST', `${c}/messages`, { text: 'hello' });
    await call('POST', `${a}/messages`, { text: 'hello' });
    await call('PATCH', paths[3]!, { title: 'D' });
    const byActivity = await pagesOf<Thread>(call, '/api/threads?order=activity&limit=2');
    expect(byActivity.map((items) => items.map(({ title }) => title))).toEqual([
      ['a', 'c'],
      ['e', 'D'],
      ['b'],
    ]);
    const created = await pagesOf<Thread>(call, '/api/threads?limit=3');
    expect(created.flat().map(({ title }) => title)).toEqual(['e', 'D', 'c', 'b', 'a']);
    const { json } = await call('GET', '/api/threads?limit=2');
    const crossed = await call('GET', `/api/threads?order=activity&cursor=${String(json['next_cursor'])}`);
    expect(crossed.json['code']).toBe('request.bad_cursor');
  });

  test('of the same instant are all shown, once', async () => {
    const { call, begin } = await person();
    for (const title of ['a', 'b', 'c']) await begin(title);
    await db.owner.query(`update threads set last_message_at = '2026-01-01'`);
    const pages = await pagesOf<Thread>(call, '/api/threads?order=activity&limit=1');
    expect(pages.flat().map(({ title }) => title)).toEqual(['c', 'b', 'a']);
  });

  test('are called by the first words of the first message, unless they have a title or are the main one', async () => {
    const { call, begin } = await person();
    const words =
      'What is the weather like\nin Lisbon at the end of November, and do I need an umbrella there?';
    const titleOf = async (path: string) => (await call('GET', path)).json['title'];
    const [untitled, titled] = [await begin(), await begin('Mine')];
    const main = `/api/threads/${String((await call('GET', '/api/threads/main')).json['id'])}`;
    for (const path of [untitled, titled, main]) await call('POST', `${path}/messages`, { text: words });
    expect(await titleOf(untitled)).toBe(
      'What is the weather like in Lisbon at the end of November, and do I need an',
    );
    expect(await titleOf(titled)).toBe('Mine');
    expect(await titleOf(main)).toBeNull();
    // Whoever takes the title away wants none.
    await call('PATCH', untitled, { title: null });
    await call('POST', `${untitled}/messages`, { text: 'and now?' });
    expect(await titleOf(untitled)).toBeNull();
  });
});
