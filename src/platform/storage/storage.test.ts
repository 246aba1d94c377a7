import { Buffer } from 'node:buffer';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startS3 } from '#test/s3-server.ts';
import { fileStorage, s3Storage, type Storage } from './index.ts';

let directory: string;
let s3: Awaited<ReturnType<typeof startS3>>;
const stores: Record<string, Storage> = {};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'famulus-storage-'));
  s3 = await startS3();
  stores['files'] = fileStorage({ directory: join(directory, 'files') });
  stores['s3'] = s3Storage({ ...s3.options, endpoint: `${s3.options.endpoint}/` });
});
afterAll(async () => {
  await s3[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part));
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from('half'));
  throw new Error('cut off');
}

async function read(store: Storage, key: string): Promise<string | undefined> {
  const found = await store.get(key);
  return found && (await new Response(found.stream).text());
}

async function listed(store: Storage, prefix: string): Promise<string[]> {
  return (await Array.fromAsync(store.list(prefix))).map(({ key }) => key).toSorted();
}

describe.each(['files', 's3'])('a store of %s', (name) => {
  const store = () => stores[name]!;

  test('gives back what was put, and nothing once it is deleted', async () => {
    await store().put('one/ab/x-1', chunks('hello ', 'there'), 11);
    expect((await store().get('one/ab/x-1'))?.size).toBe(11);
    expect(await read(store(), 'one/ab/x-1')).toBe('hello there');
    await store().delete('one/ab/x-1');
    expect(await store().get('one/ab/x-1')).toBeUndefined();
    await store().delete('one/ab/x-1');
  });

  test('lists what is under a prefix, with its time', async () => {
    const before = Date.now() - 2_000;
    for (const key of ['two/aa/1', 'two/bb/2', 'three/aa/3']) await store().put(key, chunks('x'), 1);
    expect(await listed(store(), 'two/')).toEqual(['two/aa/1', 'two/bb/2']);
    expect(await listed(store(), 'none/')).toEqual([]);
    for await (const { written_at } of store().list('two/'))
      expect(written_at.getTime()).toBeGreaterThan(before);
  });

  test('takes nothing that breaks off or is not as long as announced', async () => {
    await expect(store().put('four/x', broken(), 8)).rejects.toBeInstanceOf(Error);
    await expect(store().put('four/y', chunks('short'), 8)).rejects.toBeInstanceOf(Error);
  });

  test.each(['../x', '/x', 'a/../b', 'a//b', '', '.x', 'a/.b', 'a\\b', 'a\0b'])(
    'leads nowhere by the key %j',
    async (key) => {
      await expect(store().put(key, chunks('x'), 1)).rejects.toMatchObject({ code: 'storage.bad_key' });
      await expect(store().get(key)).rejects.toMatchObject({ code: 'storage.bad_key' });
    },
  );
});

test('nothing is left of what broke off', async () => {
  const cut = fileStorage({ directory: join(directory, 'cut') });
  await expect(cut.put('a/x', broken(), 8)).rejects.toThrow('cut off');
  expect(await listed(cut, '')).toEqual([]);
});

test('a full disk is said so, and nothing is left', async () => {
  const full = fileStorage({ directory: join(directory, 'full'), reserve_bytes: 2 ** 60 });
  await expect(full.put('a/b', chunks('x'), 1)).rejects.toMatchObject({
    code: 'storage.no_space',
    kind: 'unavailable',
  });
  expect(await readdir(join(directory, 'full/a'))).toEqual([]);
});

test('a long listing comes in pages, all of them', async () => {
  const keys = Array.from({ length: 1_005 }, (_, n) => `many/${n}`);
  await Promise.all(keys.map(async (key) => await stores['s3']!.put(key, chunks('x'), 1)));
  expect(await listed(stores['s3']!, 'many/')).toHaveLength(1_005);
});

test('a store that refuses or is not there is unavailable', async () => {
  const away = s3Storage({ ...s3.options, endpoint: 'http://127.0.0.1:1' });
  await expect(away.get('a')).rejects.toMatchObject({ code: 'storage.unavailable', kind: 'unavailable' });
  const wrong = s3Storage({ ...s3.options, access_key_id: 'wrong' });
  await expect(wrong.put('a', chunks('x'), 1)).rejects.toMatchObject({ code: 'storage.unavailable' });
  const none = s3Storage({ ...s3.options, bucket: 'none' });
  await expect(none.put('a', chunks('x'), 1)).rejects.toMatchObject({ code: 'storage.unavailable' });
});
