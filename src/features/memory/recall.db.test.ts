import { sql, type KyselyPlugin } from 'kysely';
import { describe, expect, test } from 'vitest';

import { Tainted } from '#features/tools/index.ts';
import type { Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { forget, memoryTool, recall, relevantMemories, remember } from './index.ts';
import { rankStatement } from './queries/rank.ts';
import { askedWords } from './search/asked-words.ts';
import { searchByWords } from './search/search-words.ts';

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
    tainted: false,
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
    remember: async (key: string, value: string) => {
      const kept = await asUser(async (tx) => await remember(tx, user.id, { key, value, ...fact }));
      if (kept.result !== 'kept') throw new Error(kept.result);
      return kept.memory;
    },
    recall: async (query: string, limit = 10) =>
      (await asUser(async (tx) => await recall(tx, user.id, { text: query, count: limit }))).map(
        ({ key }) => key,
      ),
    relevant: async (text: string, limit = 10) =>
      (await asUser(async (tx) => await relevantMemories(tx.db, user.id, { text, count: limit }))).map(
        ({ key }) => key,
      ),
    call: async (input: unknown, more: Partial<typeof context> = {}) =>
      await asUser(async (tx) => await memoryTool().execute(tx, input, { ...context, ...more })),
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
    expect(kept).toMatchObject({
      result: 'kept',
      memory: { ...told, assistant_id: context.assistant_id },
    });
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

describe('words', () => {
  test('stand for others of the same meaning, in either language', async () => {
    const ada = await person();
    await ada.remember('Anna (wife)', 'born 12 March 1988');
    await ada.remember('собака', 'бигль по кличке Марта');
    await ada.remember('printer', 'HP 2700');
    expect(await ada.recall('when is my spouse’s birthday')).toEqual(['Anna (wife)']);
    expect(await ada.recall('когда день рождения жены')).toEqual(['Anna (wife)']);
    expect(await ada.recall('what is the dog called')).toEqual(['собака']);
  });

  test('stand for others that are like them, but are not told unasked for that alone', async () => {
    const ada = await person();
    await ada.remember('orchard', 'two rows behind the barn');
    await ada.remember('printer', 'HP 2700');
    expect(await ada.recall('vineyard')).toEqual(['orchard']);
    const message = 'could a vineyard pay for brand-new tractors, harvest machinery and helicopters?';
    expect(await ada.recall(message)).toEqual(['orchard']);
    expect(await ada.relevant(message)).toEqual([]);
  });

  test('may be misspelt, or be the beginning of longer ones', async () => {
    const ada = await person();
    await ada.remember('wifi password', 'sunflower');
    await ada.remember('страховка', 'полис у Аллианц');
    expect(await ada.recall('pasword')).toEqual(['wifi password']);
    expect(await ada.recall('страховкка')).toEqual(['страховка']);
    expect(await ada.recall('sunfl')).toEqual(['wifi password']);
  });
});

test('being recalled is noted, at most once a minute, and is no change', async () => {
  const ada = await person();
  const { id, updated_at } = await ada.remember('tea', 'green');
  const row = async () => {
    const found = await files.owner.query<{ last_used_at: Date | null; updated_at: Date }>(
      'select last_used_at, updated_at from memories where id = $1',
      [id],
    );
    return found.rows[0]!;
  };
  expect((await row()).last_used_at).toBeNull();
  await ada.recall('tea');
  const first = await row();
  expect(first).toMatchObject({ last_used_at: expect.any(Date) as Date, updated_at });
  await ada.relevant('tea');
  expect((await row()).last_used_at).toEqual(first.last_used_at);
});

describe('what was forgotten', () => {
  test('is not brought back by an assistant unless the user asks for it', async () => {
    const ada = await person();
    await ada.remember('code of the door', '1234');
    await ada.call({ action: 'forget', key: 'code of the door' });
    const fact = { action: 'remember', key: 'The door’s code', value: '1234' };
    expect(await ada.call(fact)).toEqual({ error: expect.stringContaining('forgotten') as string });
    expect(await ada.call({ ...fact, again: true }, { tainted: true })).toHaveProperty('error');
    expect(await ada.call({ ...fact, again: true })).toMatchObject({ value: '1234' });
    expect(await ada.call({ ...fact, value: '5678' })).toMatchObject({ value: '5678' });
  });

  test('is known by what it said, too, when that says much', async () => {
    const ada = await person();
    await ada.remember('ex', 'Peter Miller from Leeds');
    await ada.remember('tea', 'green');
    for (const key of ['ex', 'tea']) await ada.call({ action: 'forget', key });
    const bring = async (value: string) => await ada.call({ action: 'remember', key: 'other', value });
    expect(await bring('from Leeds: Peter Miller')).toHaveProperty('error');
    expect(await bring('green')).toEqual({ key: 'other', value: 'green' });
  });
});

describe('where strangers’ words are in the turn', () => {
  test('what is remembered is tainted, and recalling it taints', async () => {
    const ada = await person();
    await ada.call({ action: 'remember', key: 'parcel', value: 'at the shop' }, { tainted: true });
    const found = await ada.call({ action: 'recall', query: 'parcel' });
    expect(found).toEqual(
      new Tainted({ items: [{ key: 'parcel', value: 'at the shop', trust: 'tainted' }] }),
    );
  });

  test('nothing takes the place of what is trusted, and forgetting can be undone', async () => {
    const ada = await person();
    const { id } = await ada.remember('bank', 'DE12');
    const other = { action: 'remember', key: 'BANK', value: 'XX99' };
    expect(await ada.call(other, { tainted: true })).toHaveProperty('error');
    expect(await ada.call({ action: 'forget', key: 'bank' }, { tainted: true })).toEqual({
      key: 'bank',
      switched_off: true,
    });
    const { rows } = await files.owner.query('select value, is_active from memories where id = $1', [id]);
    expect(rows).toEqual([{ value: 'DE12', is_active: false }]);
  });
});

test('where nothing is remembered, it is not searched', async () => {
  const [ada, bob] = [await person(), await person()];
  await bob.remember('tea', 'green');
  const queries = async (userId: string, text: string) => {
    let asked = 0;
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => {
        asked += 1;
        return node;
      },
      transformResult: async ({ result }) => await Promise.resolve(result),
    };
    const db = files.database.readAs(userId).withPlugin(counting);
    const found = await searchByWords(db, userId, text, 10);
    return [found.length, asked];
  };
  // The first search of a process asks for more.
  expect((await queries(bob.user.id, 'tea'))[0]).toBe(1);
  expect(await queries(bob.user.id, 'tea')).toEqual([1, 3]);
  expect(await queries(ada.user.id, 'tea')).toEqual([0, 2]);
});

test('a search goes by an index of the user’s words, also under row security', async () => {
  const ada = await person();
  await files.owner.query(
    `insert into memories (id, user_id, key, value, source)
     select gen_random_uuid(), case when n <= 50 then $1::uuid else $2::uuid end, 'key ' || n, 'tea and word' || n, 'user'
     from generate_series(1, 5000) n`,
    [ada.user.id, (await person()).user.id],
  );
  await files.owner.query('analyze memories; analyze memory_words');
  const explained = await ada.asUser(async (tx) => {
    const statement = rankStatement(
      ada.user.id,
      askedWords(['word7', 'tea'], [], new Map(), () => []),
      10,
    );
    return await sql<{ 'QUERY PLAN': string }>`explain ${statement}`.execute(tx.db);
  });
  const plan = explained.rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/memory_words_pkey[^\n]*\n\s*Index Cond: .*user_id = .*word = ANY/);
  expect(plan).not.toContain('Seq Scan');
});
