import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { until } from '#test/until.ts';
import { route } from './route.ts';
import { serve } from './test-server.ts';

const LIMIT = 300_000;
let directory: string;
let handled = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'famulus-upload-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function serving() {
  const answer = z.object({ size: z.int(), sha256: z.string(), again: z.string(), name: z.string() });
  const { server, log } = await serve({
    routes: [
      route(
        {
          method: 'post',
          path: '/api/files',
          scope: null,
          summary: 'Upload',
          tag: 'Test',
          query: z.strictObject({ name: z.string() }),
          upload: { directory, limit_bytes: LIMIT },
          responses: { 201: answer },
        },
        async ({ upload, query }) => {
          handled++;
          const hash = createHash('sha256');
          for await (const chunk of upload.content()) hash.update(chunk);
          return { size: upload.size, sha256: upload.sha256, again: hash.digest('hex'), name: query.name };
        },
      ),
    ],
  });
  const post = async (body: NonNullable<RequestInit['body']>, init: RequestInit = {}, query = '?name=x') => {
    const response = await fetch(`${server.url}/api/files${query}`, { method: 'POST', body, ...init });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  return { server, post, log };
}

const bytes = (size: number) => Buffer.alloc(size, 'abcdefghijklm');

/** Sends it without saying how much it is, and reads the answer when all is sent. */
async function sendChunked(
  url: string,
  parts: Buffer[],
): Promise<{ status: number | undefined; body: string }> {
  return await new Promise((resolve, reject) => {
    const sending = request(`${url}/api/files?name=x`, { method: 'POST' }, (incoming) => {
      text(incoming).then((body) => resolve({ status: incoming.statusCode, body }), reject);
    });
    sending.on('error', reject);
    for (const part of parts) sending.write(part);
    sending.end();
  });
}

test('an upload has all bytes in order, and their hash', async () => {
  const { post } = await serving();
  const content = bytes(LIMIT);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const answer = await post(content);
  expect(answer).toEqual({ status: 201, json: { size: LIMIT, sha256, again: sha256, name: 'x' } });
  expect(await readdir(directory)).toEqual([]);
});

test('one above the limit is refused, announced or not, and the answer can be read', async () => {
  const { post, server } = await serving();
  handled = 0;
  expect(await post(bytes(LIMIT + 1))).toMatchObject({ status: 413, json: { code: 'request.too_large' } });
  const chunked = await sendChunked(
    server.url,
    Array.from({ length: 40 }, () => bytes(100_000)),
  );
  expect(chunked.status).toBe(413);
  expect(JSON.parse(chunked.body)).toMatchObject({ code: 'request.too_large' });
  expect(handled).toBe(0);
});

test('one that is cut off is nothing', async () => {
  const { server, log } = await serving();
  handled = 0;
  const sending = request(`${server.url}/api/files?name=x`, {
    method: 'POST',
    headers: { 'content-length': '200000' },
  });
  sending.on('error', () => {});
  await new Promise((resolve) => sending.write(bytes(100_000), resolve));
  sending.destroy();
  await until(
    'it was noticed',
    async () => await Promise.resolve(log.some(({ code }) => code === 'request.aborted')),
  );
  expect(handled).toBe(0);
  expect(await readdir(directory)).toEqual([]);
});

test('a form, a compressed body, no body or a wrong query is refused', async () => {
  const { post } = await serving();
  const form = new FormData();
  form.set('file', new Blob(['x']), 'x.txt');
  expect((await post(form)).status).toBe(415);
  expect((await post('x', { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
  expect((await post('')).status).toBe(400);
  expect((await post('x', {}, '')).status).toBe(422);
});
