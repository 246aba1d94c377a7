import { Buffer } from 'node:buffer';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createIdempotency } from '#platform/http/idempotency.ts';
import type { Caller } from '#platform/http/route.ts';
import { serve } from '#platform/http/test-server.ts';
import { newId } from '#platform/ids/index.ts';
import { fileStorage, type Storage } from '#platform/storage/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { replyTo, sendIn, type Message } from '#test/messages.ts';
import { png } from '#test/sample-files.ts';
import { featureContext } from '#test/serve-as.ts';
import { testThread, type TestThread } from '#test/turns.ts';
import type { Attachment } from './contract.ts';
import { attachmentsFeature } from './feature.ts';
import { readAttachment } from './read.ts';

const db = testDatabase({ poolSize: 8 });
let directory: string;
let storage: Storage;
let thread: TestThread;
let bob: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'famulus-attachments-'));
  storage = fileStorage({ directory: join(directory, 'files') });
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  thread = await testThread(db, db);
  bob = (await createUser(db.database.system)).id;
  await db.moveClock(0);
});

function feature(store: Storage = storage) {
  return attachmentsFeature(featureContext(db), { storage: store, uploads: join(directory, 'uploads') });
}

async function serving(store?: Storage) {
  const { server } = await serve({
    routes: feature(store).routes!,
    around: createIdempotency({
      database: db.database,
      encryption: db.encryption,
      log: featureContext(db).log,
      workerId: newId(),
    }),
    authenticate: async ({ headers }) => {
      const user_id = (headers.get('authorization') ?? '').slice('Bearer '.length);
      const scopes = ['chat:read', 'chat:write'];
      return await Promise.resolve({ user_id, scopes, token_id: null, session_id: null } satisfies Caller);
    },
  });
  return async (user: string, path: string, init: RequestInit = {}) =>
    await fetch(`${server.url}/api/attachments${path}`, {
      ...init,
      headers: { authorization: `Bearer ${user}`, ...(init.headers as Record<string, string>) },
    });
}

async function upload(user: string, content: Buffer | string = png(40, 30), name = 'a.png') {
  const ask = await serving();
  const answer = await ask(user, `?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: Buffer.from(content),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Attachment;
}

async function keys(): Promise<string[]> {
  const { rows } = await db.owner.query<{ id: string }>('select id from file_space');
  return (await Array.fromAsync(storage.list(`${rows[0]!.id}/`))).map(({ key }) => key);
}

const stored = async ({ id }: Pick<Attachment, 'id'>) => (await keys()).some((key) => key.endsWith(id));

const send = async (attachment_ids: string[], { text = '' } = {}) =>
  await sendIn(db, thread, { text, attachment_ids });
const edit = async (edits: string, text: string, attachment_ids?: string[]) =>
  await sendIn(db, thread, { text, edits, attachment_ids });

describe('an upload', () => {
  test('is kept as what it is, and given back as it was', async () => {
    const content = png(40, 30);
    const made = await upload(thread.user_id, content, 'C:\\фото.png');
    expect(made).toMatchObject({
      name: 'фото.png',
      media_type: 'image/png',
      size_bytes: content.length,
      width: 40,
      height: 30,
      message_id: null,
      url: `/api/attachments/${made.id}/content`,
    });
    expect(made).not.toHaveProperty('storage_key');
    const ask = await serving();
    const answer = await ask(thread.user_id, `/${made.id}/content`);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(content.length),
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'content-disposition': expect.stringMatching(/^inline; .*%D1%84/),
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    const etag = answer.headers.get('etag')!;
    expect(
      (await ask(thread.user_id, `/${made.id}/content`, { headers: { 'if-none-match': etag } })).status,
    ).toBe(304);
    const head = await ask(thread.user_id, `/${made.id}/content`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(content.length));
  });

  test('of a page is text to be saved, not a page', async () => {
    const made = await upload(thread.user_id, '<script>alert(1)</script>', 'x.html');
    const answer = await (await serving())(thread.user_id, `/${made.id}/content`);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; /);
    await answer.body?.cancel();
  });

  test('that is not taken is nothing', async () => {
    const ask = await serving();
    const before = await keys();
    const answer = await ask(thread.user_id, '?name=x.png', {
      method: 'POST',
      body: Buffer.from('504b0304', 'hex'),
    });
    expect(answer.status).toBe(415);
    expect(await keys()).toEqual(before);
  });

  test('with an Idempotency-Key is one, and another file under it is refused', async () => {
    const ask = await serving();
    const post = async (body: Buffer, name = 'a.png') => {
      const init = { method: 'POST', body, headers: { 'idempotency-key': 'k1' } };
      const answer = await ask(thread.user_id, `?name=${name}`, init);
      return { status: answer.status, json: (await answer.json()) as Attachment };
    };
    const before = (await keys()).length;
    const first = await post(png(5, 5));
    expect(first.status).toBe(201);
    expect((await post(png(5, 5))).json.id).toBe(first.json.id);
    expect((await post(png(6, 6))).status).toBe(422);
    expect((await post(png(5, 5), 'b.png')).status).toBe(422);
    expect(await keys()).toHaveLength(before + 1);
  });

  test('over the quota is refused, and not kept', async () => {
    await db.owner.query(`insert into settings (key, value) values ('attachments_mb_per_user', '1')`);
    try {
      const ask = await serving();
      const before = (await keys()).length;
      const parts = await Promise.all(
        ['a', 'b', 'c', 'd'].map(
          async (letter) => await ask(thread.user_id, '', { method: 'POST', body: letter.repeat(400_000) }),
        ),
      );
      expect(parts.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 409, 409]);
      expect(await keys()).toHaveLength(before + 2);
      expect((await ask(bob, '', { method: 'POST', body: 'x' })).status).toBe(201);
    } finally {
      await db.owner.query(`delete from settings where key = 'attachments_mb_per_user'`);
    }
  });

  test('for which the store has no room says so', async () => {
    const full = fileStorage({ directory: join(directory, 'full'), reserve_bytes: 2 ** 60 });
    const answer = await (await serving(full))(thread.user_id, '', { method: 'POST', body: 'x' });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'storage.no_space' });
    const { rowCount } = await db.owner.query('select from attachments where user_id = $1', [thread.user_id]);
    expect(rowCount).toBe(0);
  });

  test("is nobody's but its user's", async () => {
    const { id } = await upload(thread.user_id);
    const ask = await serving();
    for (const path of [`/${id}`, `/${id}/content`]) expect((await ask(bob, path)).status).toBe(404);
    expect((await ask(bob, `/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await (await ask(bob, '')).json()).toEqual({ items: [], next_cursor: null });
    expect(await (await ask(thread.user_id, '')).json()).toMatchObject({ items: [{ id }] });
    expect(await readAttachment({ database: db.database, storage }, bob, id)).toBeUndefined();
  });
});

describe('a file', () => {
  test('goes with a message as one of its parts, which may be all it has', async () => {
    const file = await upload(thread.user_id);
    const message = await send([file.id]);
    expect(message.parts).toEqual([
      {
        type: 'file',
        attachment_id: file.id,
        filename: 'a.png',
        mediaType: 'image/png',
        size_bytes: file.size_bytes,
        url: file.url,
      },
    ]);
    const answer = await (await serving())(thread.user_id, `/${file.id}`);
    expect(await answer.json()).toMatchObject({ message_id: message.id });
  });

  test("is refused when it was sent before, is somebody else's, or is none", async () => {
    const used = await upload(thread.user_id);
    await send([used.id]);
    const theirs = await upload(bob);
    for (const id of [used.id, theirs.id, newId()]) {
      await expect(send([id], { text: 'x' })).rejects.toMatchObject({
        kind: 'invalid',
        problems: [{ path: 'attachment_ids.0' }],
      });
    }
    await expect(send([], { text: ' ' })).rejects.toMatchObject({ problems: [{ path: 'text' }] });
    expect(await thread.messages()).toHaveLength(1);
  });

  test('is sent by one of two messages at once', async () => {
    const { id } = await upload(thread.user_id);
    const results = await Promise.allSettled([send([id], { text: 'a' }), send([id], { text: 'b' })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('stays with a message that is edited, unless others are named', async () => {
    const [file, other] = [await upload(thread.user_id), await upload(thread.user_id)];
    const filesOf = ({ parts }: Message) =>
      parts.flatMap((part) => (part.type === 'file' ? [part.attachment_id] : []));
    const first = await send([file.id], { text: 'one' });
    await replyTo(db, first);
    const second = await edit(first.id, 'two');
    expect(filesOf(second)).toEqual([file.id]);
    await replyTo(db, second);
    const third = await edit(second.id, 'three', [file.id, other.id]);
    expect(filesOf(third)).toEqual([file.id, other.id]);
    await replyTo(db, third);
    expect(filesOf(await edit(third.id, 'four', []))).toEqual([]);
  });

  test('that is not sent is deleted when asked; one that is goes with its thread', async () => {
    const [unsent, sent] = [await upload(thread.user_id), await upload(thread.user_id)];
    await send([sent.id]);
    const ask = await serving();
    expect((await ask(thread.user_id, `/${unsent.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await stored(unsent)).toBe(false);
    expect((await ask(thread.user_id, `/${sent.id}`, { method: 'DELETE' })).status).toBe(409);
    await db.owner.query('delete from threads where id = $1', [thread.thread_id]);
    expect((await ask(thread.user_id, `/${sent.id}`)).status).toBe(404);
  });
});

describe('sweeping', () => {
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

  test('deletes the files of what was deleted, after a while', async () => {
    const [kept, gone] = [await upload(thread.user_id), await upload(bob)];
    await send([kept.id]);
    await db.owner.query('delete from users where id = $1', [bob]);
    await feature().prune!(new Date());
    expect(await stored(gone)).toBe(true);
    await feature().prune!(hours(2));
    expect(await stored(gone)).toBe(false);
    expect(await stored(kept)).toBe(true);
  });

  test('deletes what was not sent within a day, and what a crash left half written', async () => {
    const [unsent, sent] = [await upload(thread.user_id), await upload(thread.user_id)];
    await send([sent.id]);
    const [key] = await keys();
    const half = `${key!.slice(0, key!.lastIndexOf('/'))}/half.part`;
    await storage.put(half, Readable(['x']), 1);
    await utimes(join(directory, 'files', half), hours(-3), hours(-3));
    await feature().prune!(hours(25));
    expect(await stored(unsent)).toBe(false);
    expect(await stored(sent)).toBe(true);
    expect(await keys()).not.toContain(half);
  });

  test('leaves alone what another installation keeps in the same store', async () => {
    const key = `${newId()}/ab/${newId()}`;
    await storage.put(key, Readable(['x']), 1);
    await feature().prune!(hours(48));
    expect(await storage.get(key)).toBeDefined();
  });
});

async function* Readable(parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part));
}
