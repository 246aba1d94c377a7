import { describe, expect, test } from 'vitest';

import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { forget, memoryTool, recall, relevantMemories, remember } from './index.ts';
import { memorySearch, searchTerms } from './queries/search.ts';

const files = testDatabase();

async function person() {
  const user = await createUser(files.database.system);
  const assistant = await createAssistant(files.database.system, { user_id: user.id });
  const context = {
    user_id: user.id,
    assistant_id: assistant.id,
    thread_id: newId(),
    turn_id: newId(),
    call_id: 'call-1',
    timezone: 'UTC',
    locale: 'en',
    now: new Date(),
  };
  const asUser = async <T>(work: (tx: Tx) => Promise<T>) => await files.database.asUser(user.id, work);
  const fact = { source: 'user', source_ref: null, assistant_id: null } as const;
  return {
    user,
    context,
    asUser,
    remember: async (key: string, value: string) =>
      await asUser(async (tx) => await remember(tx, user.id, { key, value, ...fact })),
    recall: async (query: string, limit = 10) =>
      (await asUser(async (tx) => await recall(tx, user.id, query, limit))).map(({ key }) => key),
    relevant: async (text: string, limit = 10) =>
      (await asUser(async (tx) => await relevantMemories(tx, user.id, text, limit))).map(({ key }) => key),
    call: async (input: unknown) => await asUser(async (tx) => await memoryTool.execute(tx, input, context)),
  };
}

async function change(id: string, assignment: string): Promise<void> {
  await files.owner.query(`update memories set ${assignment} where id = $1`, [id]);
}

describe('remember', () => {
  test('replaces what was known under the key, in any case, and puts it in force again', async () => {
    const ada = await person();
    const first = await ada.remember('Wifi password', 'old');
    await change(first.id, `is_active = false, expires_at = '2020-01-01'`);
    const second = await ada.remember('wifi PASSWORD', 'new');
    expect(second).toMatchObject({
      id: first.id,
      key: 'Wifi password',
      value: 'new',
      is_active: true,
      expires_at: null,
    });
    expect(await ada.recall('wifi')).toEqual(['Wifi password']);
  });

  test('keeps where a fact is from, and that it came from a stranger', async () => {
    const { asUser, user, context } = await person();
    const told = {
      key: 'k',
      value: 'v',
      source: 'assistant',
      source_ref: 'turn:1',
      trust: 'tainted',
    } as const;
    const kept = await asUser(
      async (tx) => await remember(tx, user.id, { ...told, assistant_id: context.assistant_id }),
    );
    expect(kept).toMatchObject({ ...told, assistant_id: context.assistant_id });
  });
});

describe('recall', () => {
  test('prefers facts with all the words to those with some', async () => {
    const ada = await person();
    await ada.remember('wifi password', 'correct horse');
    await ada.remember('wifi name', 'Lake');
    expect(await ada.recall('what is the wifi password?')).toEqual(['wifi password']);
    expect(await ada.recall('password of the garage')).toEqual(['wifi password']);
    expect(await ada.recall('garage')).toEqual([]);
    expect(await ada.recall('?!')).toEqual([]);
  });

  test('puts pinned facts first, then the newer ones, and keeps to its limit', async () => {
    const ada = await person();
    for (const key of ['tea one', 'tea two', 'tea three']) await ada.remember(key, 'x');
    const pinned = await ada.remember('tea four', 'x');
    await ada.remember('tea five', 'x');
    await change(pinned.id, 'pinned = true');
    expect(await ada.recall('tea', 3)).toEqual(['tea four', 'tea five', 'tea three']);
  });

  test('leaves out what is switched off, has expired, or is another’s', async () => {
    const [ada, bob] = [await person(), await person()];
    await change((await ada.remember('tea off', 'x')).id, 'is_active = false');
    await change((await ada.remember('tea past', 'x')).id, `expires_at = app_now() - interval '1 ms'`);
    await change((await ada.remember('tea future', 'x')).id, `expires_at = app_now() + interval '1 hour'`);
    await bob.remember('tea theirs', 'x');
    expect(await ada.recall('tea')).toEqual(['tea future']);
    expect(await ada.relevant('tea')).toEqual(['tea future']);
  });
});

describe('relevantMemories', () => {
  test('are the pinned ones and those that share a word with the text', async () => {
    const ada = await person();
    await change((await ada.remember('diet', 'vegetarian')).id, 'pinned = true');
    await ada.remember('birthday of Eve', '3 May');
    await ada.remember('door code', '1234');
    expect(await ada.relevant("What shall I get for Eve's birthday?")).toEqual(['diet', 'birthday of Eve']);
    expect(await ada.relevant('hello')).toEqual(['diet']);
    expect(await ada.relevant('…')).toEqual(['diet']);
    expect(await ada.relevant('the code'.repeat(5_000), 1)).toEqual(['diet']);
  });
});

describe('forget', () => {
  test('takes a fact away for good, and says whether there was one', async () => {
    const ada = await person();
    await ada.remember('Door code', '1234');
    const gone = async () => await ada.asUser(async (tx) => await forget(tx, ada.user.id, 'door CODE'));
    expect(await gone()).toBe(true);
    expect(await gone()).toBe(false);
    expect(await ada.recall('door')).toEqual([]);
  });
});

describe('the tool', () => {
  test('remembers, recalls and forgets', async () => {
    const { call, context, asUser } = await person();
    expect(await call({ action: 'remember', key: 'wifi', value: 'secret' })).toEqual({
      key: 'wifi',
      value: 'secret',
    });
    const [row] = await asUser(async (tx) => await tx.db.selectFrom('memories').selectAll().execute());
    expect(row).toMatchObject({ source: 'assistant', source_ref: `turn:${context.turn_id}` });
    expect(await call({ action: 'recall', query: 'wifi' })).toEqual({
      items: [{ key: 'wifi', value: 'secret' }],
    });
    expect(await call({ action: 'forget', key: 'wifi' })).toEqual({ key: 'wifi', forgotten: true });
    expect(await call({ action: 'forget', key: 'wifi' })).toEqual({ key: 'wifi', forgotten: false });
    expect(await call({ action: 'recall', query: 'wifi' })).toEqual({ items: [] });
  });

  test.each([
    {},
    { action: 'learn' },
    { action: 'remember', key: 'wifi' },
    { action: 'remember', value: 'secret' },
    { action: 'remember', key: 'a\0', value: 'x' },
    { action: 'recall' },
    { action: 'forget' },
    { action: 'forget', key: 'wifi', all: true },
  ])('says what is wrong with %j', async (input) => {
    const { call } = await person();
    expect(await call(input)).toEqual({ error: expect.any(String) as string });
  });
});

test('a search goes by the user first, also under row security', async () => {
  const ada = await person();
  await files.owner.query(
    `insert into memories (id, user_id, key, value, source)
     select gen_random_uuid(), case when n <= 20 then $1::uuid else $2::uuid end, 'key ' || n, 'tea', 'user'
     from generate_series(1, 20000) n`,
    [ada.user.id, (await person()).user.id],
  );
  await files.owner.query('analyze memories');
  const plan = await ada.asUser(async (tx) => {
    const terms = await searchTerms(tx.db, 'tea');
    return await memorySearch(tx.db, ada.user.id, { terms, match: 'all', count: 10 }).explain('json');
  });
  expect(JSON.stringify(plan)).toContain('"Index Name":"memories_user"');
});
