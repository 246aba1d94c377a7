import { describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createAssistant, createThread, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { newId } from '#platform/ids/index.ts';
import { memoryFeature } from './feature.ts';

const files = testDatabase();

async function person() {
  const user = await createUser(files.database.system);
  const asAda = (await serveAs(memoryFeature(featureContext(files))))(user.id);
  return {
    user,
    asAda,
    add: async (items: unknown, query = '') => await asAda('POST', `/api/memories/import${query}`, items),
    all: async () => (await asAda('GET', '/api/memories')).json.items,
  };
}

const results = (answer: { json: { items: { [field: string]: unknown }[] } }) =>
  answer.json.items.map(({ result }) => result);

describe('an import', () => {
  test('keeps what is new as a stranger’s words, unpinned, and says what became of each item', async () => {
    const { add, all, asAda } = await person();
    await asAda('POST', '/api/memories', { key: 'Wifi', value: 'mine' });
    const items = [
      { key: 'wifi', value: 'theirs' },
      { key: 'tea', value: 'green', pinned: true, source: 'user', trust: 'trusted' },
      { key: 'TEA', value: 'black' },
      { key: '', value: 'x' },
      { key: 'no value' },
    ];
    const answer = await add(items);
    expect(results(answer)).toEqual(['kept', 'added', 'kept', 'invalid', 'invalid']);
    expect(answer.json['counts']).toMatchObject({ added: 1, kept: 2, invalid: 2, replaced: 0 });
    expect(answer.json.items[3]).toMatchObject({
      index: 3,
      problem: expect.stringContaining('key') as string,
    });
    expect(await all()).toMatchObject([
      { key: 'tea', value: 'green', source: 'import', trust: 'tainted', pinned: false },
      { key: 'Wifi', value: 'mine', source: 'user', trust: 'trusted' },
    ]);
  });

  test('replaces when it is told to, and changes nothing as a dry run', async () => {
    const { add, all, asAda } = await person();
    await asAda('POST', '/api/memories', { key: 'wifi', value: 'mine', pinned: true });
    const items = [
      { key: 'WIFI', value: 'theirs' },
      { key: 'tea', value: 'green' },
    ];
    expect(results(await add(items, '?dry_run=true&on_conflict=replace'))).toEqual(['replaced', 'added']);
    expect(await all()).toMatchObject([{ value: 'mine' }]);
    expect(results(await add(items, '?on_conflict=replace'))).toEqual(['replaced', 'added']);
    expect(await all()).toMatchObject([
      { key: 'tea' },
      { key: 'wifi', value: 'theirs', trust: 'tainted', pinned: false },
    ]);
  });

  test('keeps the last of several items with one key when it replaces', async () => {
    const { add, all, asAda } = await person();
    await asAda('POST', '/api/memories', { key: 'wifi', value: 'mine' });
    const items = [
      { key: 'tea', value: 'green', expires_at: '2999-01-01T00:00:00Z' },
      { key: 'wifi', value: 'one', expires_at: '2999-01-01T00:00:00Z' },
      { key: 'WIFI', value: 'two' },
      { key: 'wifi', value: 'three', expires_at: '2999-01-02T00:00:00Z' },
      { key: 'tea', value: 'black' },
    ];
    const answer = await add(items, '?on_conflict=replace');
    expect(results(answer)).toEqual(['added', 'replaced', 'replaced', 'replaced', 'replaced']);
    expect(await all()).toMatchObject([
      { key: 'tea', value: 'black', expires_at: null },
      { key: 'wifi', value: 'three', expires_at: '2999-01-02T00:00:00.000Z' },
    ]);
  });

  test('does not bring back what was forgotten, unless it is to', async () => {
    const { add, all, asAda } = await person();
    const { id } = (await asAda('POST', '/api/memories', { key: 'door code', value: '1234' })).json;
    await asAda('DELETE', `/api/memories/${id}`);
    const items = [{ key: 'Code: door', value: '99' }];
    expect(results(await add(items))).toEqual(['forgotten']);
    expect(await all()).toEqual([]);
    expect(results(await add(items, '?again=true'))).toEqual(['added']);
    await asAda('DELETE', `/api/memories/${(await all())[0]!.id}`);
    expect((await asAda('POST', '/api/memories', { key: 'door code', value: '1' })).status).toBe(201);
    expect(results(await add(items))).toEqual(['added']);
  });

  test('takes what an export gives', async () => {
    const [ada, bob] = [await person(), await person()];
    await ada.asAda('POST', '/api/memories', { key: 'tea', value: 'green', pinned: true });
    const exported = await ada.asAda('GET', '/api/memories/export');
    expect(exported.json).toMatchObject([{ key: 'tea', value: 'green', pinned: true, source: 'user' }]);
    expect(results(await bob.add(exported.json))).toEqual(['added']);
  });

  test.each([[], {}, [1], Array.from({ length: 1_001 }, () => ({ key: 'a', value: 'b' }))])(
    'may not be %j',
    async (items) => {
      const { add } = await person();
      expect((await add(items)).status).toBe(422);
    },
  );
});

test('there is room for ten thousand', async () => {
  const { user, add, asAda } = await person();
  await files.owner.query(
    `insert into memories (id, user_id, key, value, source)
     select gen_random_uuid(), $1, 'key ' || n, 'x', 'user' from generate_series(1, 9999) n`,
    [user.id],
  );
  expect(
    results(
      await add([
        { key: 'a', value: 'x' },
        { key: 'b', value: 'x' },
      ]),
    ),
  ).toEqual(['added', 'too_many']);
  const full = { status: 409, json: { code: 'memory.too_many' } };
  expect(await asAda('POST', '/api/memories', { key: 'c', value: 'x' })).toMatchObject(full);
});

describe('a memory', () => {
  test('says which message it was noted for, while that exists', async () => {
    const { user, asAda } = await person();
    const db = files.database.system;
    const assistant = await createAssistant(db, { user_id: user.id });
    const thread = await createThread(db, { user_id: user.id, assistant_id: assistant.id });
    const [turn, message] = [newId(), newId()];
    await files.owner.query(
      `insert into messages (id, user_id, thread_id, turn_id, seq, role, parts, status, channel)
       values ($1, $2, $3, $4, 1, 'user', '[]', 'complete', 'web')`,
      [message, user.id, thread.id, turn],
    );
    const { id } = (await asAda('POST', '/api/memories', { key: 'tea', value: 'green' })).json;
    await files.owner.query('update memories set source_ref = $2 where id = $1', [id, `turn:${turn}`]);
    const origin = { thread_id: thread.id, message_id: message };
    expect((await asAda('GET', `/api/memories/${id}`)).json).toMatchObject({ origin });
    expect((await asAda('GET', '/api/memories')).json.items).toMatchObject([{ origin }]);
    await files.owner.query('delete from messages where id = $1', [message]);
    expect((await asAda('GET', `/api/memories/${id}`)).json).toMatchObject({ origin: null });
  });

  test('from a stranger is trusted once its user vouches for it', async () => {
    const { asAda, add, all } = await person();
    await add([{ key: 'tea', value: 'green' }]);
    const path = `/api/memories/${(await all())[0]!.id}`;
    expect((await asAda('PATCH', path, { trust: 'trusted' })).json).toMatchObject({
      trust: 'trusted',
      source: 'import',
    });
    expect((await asAda('PATCH', path, { trust: 'tainted' })).status).toBe(422);
  });

  test.each(['pinned', 'assistant', 'tainted', 'off', 'expired'])('is found by %s', async (filter) => {
    const { user, asAda } = await person();
    await files.owner.query(
      `insert into memories (id, user_id, key, value, source, trust, pinned, is_active, expires_at) values
         (gen_random_uuid(), $1, 'pinned', 'x', 'user', 'trusted', true, true, '2999-01-01'),
         (gen_random_uuid(), $1, 'assistant', 'x', 'assistant', 'trusted', false, true, null),
         (gen_random_uuid(), $1, 'tainted', 'x', 'import', 'tainted', false, true, null),
         (gen_random_uuid(), $1, 'off', 'x', 'user', 'trusted', false, false, null),
         (gen_random_uuid(), $1, 'expired', 'x', 'user', 'trusted', false, true, '2020-01-01')`,
      [user.id],
    );
    const found = (await asAda('GET', `/api/memories?q=x&filter=${filter}`)).json.items;
    expect(found.map(({ key }) => key)).toEqual([filter]);
  });
});
