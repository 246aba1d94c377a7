import { describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { memoryFeature } from './feature.ts';

const files = testDatabase();

async function people() {
  const [ada, bob] = [await createUser(files.database.system), await createUser(files.database.system)];
  const as = await serveAs(memoryFeature(featureContext(files)));
  const asAda = as(ada.id);
  const remember = async (key: string, value: string) =>
    (await asAda('POST', '/api/memories', { key, value })).json;
  /** The keys that a search shows. */
  const found = async (q: string) => {
    const answer = await asAda('GET', `/api/memories?q=${encodeURIComponent(q)}`);
    return answer.json.items.map(({ key }) => key);
  };
  return { ada, asAda, asBob: as(bob.id), remember, found };
}

describe('a memory', () => {
  test('is made, read, changed and deleted', async () => {
    const { asAda } = await people();
    const input = { key: 'wifi', value: 'secret', pinned: true, expires_at: '2030-01-01T00:00:00.000Z' };
    const made = await asAda('POST', '/api/memories', input);
    expect(made).toMatchObject({
      status: 201,
      json: { ...input, source: 'user', trust: 'trusted', is_active: true },
    });
    const path = `/api/memories/${made.json.id}`;
    expect((await asAda('GET', path)).json).toEqual(made.json);
    const changed = await asAda('PATCH', path, { value: 'other', pinned: false, expires_at: null });
    expect(changed).toMatchObject({
      status: 200,
      json: { key: 'wifi', value: 'other', pinned: false, expires_at: null },
    });
    expect((await asAda('PATCH', path, {})).json).toEqual(changed.json);
    expect(await asAda('DELETE', path)).toMatchObject({ status: 204 });
    expect(await asAda('DELETE', path)).toMatchObject({ status: 404 });
    expect(await asAda('GET', path)).toMatchObject({ status: 404, json: { code: 'memory.not_found' } });
  });

  test('is not there for anyone else', async () => {
    const { asBob, remember } = await people();
    const path = `/api/memories/${(await remember('wifi', 'secret')).id}`;
    expect(await asBob('GET', path)).toMatchObject({ status: 404 });
    expect(await asBob('PATCH', path, { value: 'mine' })).toMatchObject({ status: 404 });
    expect(await asBob('DELETE', path)).toMatchObject({ status: 404 });
    expect((await asBob('GET', '/api/memories')).json.items).toEqual([]);
    expect((await asBob('GET', '/api/memories?q=wifi')).json.items).toEqual([]);
    expect(await asBob('POST', '/api/memories', { key: 'wifi', value: 'theirs' })).toMatchObject({
      status: 201,
    });
  });

  test('has a key of its own', async () => {
    const { asAda, remember } = await people();
    await remember('wifi', 'secret');
    const other = await remember('door', '1234');
    const taken = { status: 409, json: { code: 'memory.key_taken' } };
    expect(await asAda('POST', '/api/memories', { key: 'wifi', value: 'x' })).toMatchObject(taken);
    expect(await asAda('PATCH', `/api/memories/${other.id}`, { key: 'wifi' })).toMatchObject(taken);
    expect(await asAda('PATCH', `/api/memories/${other.id}`, { key: 'Door' })).toMatchObject({ status: 200 });
  });

  test('names the field that is wrong', async () => {
    const { asAda } = await people();
    const wrong = await asAda('POST', '/api/memories', { key: '', expires_at: 'soon', source: 'import' });
    const paths = wrong.json.errors.map(({ path }) => path);
    expect(wrong.status).toBe(422);
    expect(paths.sort()).toEqual(['expires_at', 'key', 'source', 'value']);
  });

  test('that its user rewrites is their own word', async () => {
    const { asAda, remember } = await people();
    const { id } = await remember('name of the dog', 'Rex');
    await files.owner.query(`update memories set source = 'assistant', trust = 'tainted' where id = $1`, [
      id,
    ]);
    const pinned = await asAda('PATCH', `/api/memories/${id}`, { pinned: true });
    expect(pinned.json).toMatchObject({ source: 'assistant', trust: 'tainted' });
    const rewritten = await asAda('PATCH', `/api/memories/${id}`, { value: 'Max' });
    expect(rewritten.json).toMatchObject({ source: 'user', trust: 'trusted' });
  });
});

describe('a search', () => {
  test('takes the words in any order, and their beginnings', async () => {
    const { remember, found } = await people();
    await remember('wifi password', 'correct horse');
    await remember('wifi name', 'Lake');
    expect(await found('password wifi')).toEqual(['wifi password']);
    expect(await found('HORSE pass')).toEqual(['wifi password']);
    expect(await found('wif')).toEqual(['wifi name', 'wifi password']);
    expect(await found('wifi horse lake')).toEqual([]);
    expect(await found('  ')).toEqual(['wifi name', 'wifi password']);
  });

  test('finds other forms of English and Russian words, whatever little words stand between', async () => {
    const { remember, found } = await people();
    await remember('pets', 'Two cats, running about');
    await remember('ключ', 'Запасные ключи у соседей');
    expect(await found('the cat')).toEqual(['pets']);
    expect(await found('runs')).toEqual(['pets']);
    expect(await found('где же ключи?')).toEqual(['ключ']);
    expect(await found('ключи от гаража')).toEqual([]);
    expect(await found('у соседа и ключами')).toEqual(['ключ']);
  });

  test('finds addresses and numbers as they were written', async () => {
    const { remember, found } = await people();
    await remember('mail of Eve', 'eve@example.test');
    await remember('tax id', '12/345/6789');
    expect(await found('eve@example.test')).toEqual(['mail of Eve']);
    expect(await found('eve@')).toEqual(['mail of Eve']);
    expect(await found('12/345/6789')).toEqual(['tax id']);
  });

  test.each([
    `'`,
    '\\',
    `' | '`,
    '!wifi',
    'wifi & ',
    '<->',
    'wifi:*A',
    '((((',
    '%',
    '_',
    '😀',
    // The parser keeps what follows a slash as one word, quotes and operators with it.
    `http://a.bc/'[`,
    `/'!(&|:*) a.bc/\\'`,
    'a'.repeat(1_000),
    `"wifi" or 1=1 --`,
    '\u0301\u200d',
  ])('bears %j', async (q) => {
    const { asAda, remember } = await people();
    await remember('wifi', 'secret');
    expect(await asAda('GET', `/api/memories?q=${encodeURIComponent(q)}`)).toMatchObject({ status: 200 });
  });

  test.each(['%00', 'a'.repeat(1_001)])('refuses what no memory can hold', async (q) => {
    const { asAda } = await people();
    expect(await asAda('GET', `/api/memories?q=${q}`)).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'q' }] },
    });
  });

  test('goes on from page to page, newest first', async () => {
    const { asAda, remember } = await people();
    for (const key of ['wifi 1', 'wifi 2', 'door', 'wifi 3']) await remember(key, 'x');
    const first = await asAda('GET', '/api/memories?q=wifi&limit=2');
    const next = await asAda('GET', `/api/memories?q=wifi&limit=2&cursor=${first.json.next_cursor}`);
    const keys = [...first.json.items, ...next.json.items].map(({ key }) => key);
    expect(keys).toEqual(['wifi 3', 'wifi 2', 'wifi 1']);
    expect(next.json.next_cursor).toBeNull();
  });
});
