import type { IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createOutbound } from './create-outbound.ts';
import { listener } from './test-listener.ts';

function outbound() {
  const made = createOutbound({ allow: ['127.0.0.0/8'], connect_ms: 5_000 });
  onTestFinished(made.close);
  return made;
}

/** Answers what it was asked; `/to/<status>?<address>` sends elsewhere. */
async function mirror() {
  return await listener((request, response) => {
    const [, status] = /^\/to\/(\d+)\?/.exec(request.url ?? '') ?? [];
    if (status !== undefined) {
      const location = decodeURIComponent((request.url ?? '').replace(/^[^?]*\?/, ''));
      response.writeHead(Number(status), { location }).end('elsewhere');
      return;
    }
    void text(request).then((body) => {
      const { method, url, headers } = request;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ method, url, headers, body }));
    });
  });
}

interface Mirrored {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

async function mirrored(answer: Promise<Response>): Promise<Mirrored> {
  return (await (await answer).json()) as Mirrored;
}

test('is a fetch as libraries know it', async () => {
  const { url } = await mirror();
  const { fetch } = outbound();
  const form = new FormData();
  form.set('field', 'value');
  const answer = await fetch(new URL(`${url}/a?b=c`), {
    method: 'POST',
    body: form,
    headers: { 'x-own': '1' },
  });
  expect(answer).toBeInstanceOf(Response);
  expect(answer).toMatchObject({ ok: true, status: 200, url: `${url}/a?b=c`, redirected: false });
  const seen = (await answer.json()) as Mirrored;
  expect(seen).toMatchObject({
    method: 'POST',
    url: '/a?b=c',
    headers: { 'x-own': '1', 'user-agent': 'Famulus' },
  });
  expect(seen.headers['content-type']).toMatch(/^multipart\/form-data/);
  expect(seen.body).toContain('value');
  const request = new Request(`${url}/r`, { method: 'PUT', body: '{}', headers: { 'user-agent': 'other' } });
  expect(await mirrored(fetch(request))).toMatchObject({
    method: 'PUT',
    body: '{}',
    headers: { 'user-agent': 'other' },
  });
});

test('an answer without a body has none', async () => {
  const { url } = await listener((_request, response) => response.writeHead(204).end());
  const answer = await outbound().fetch(url);
  expect(answer).toMatchObject({ status: 204, body: null });
});

test.each([
  [301, 'POST', 'GET', ''],
  [302, 'POST', 'GET', ''],
  [303, 'PUT', 'GET', ''],
  [307, 'POST', 'POST', 'words'],
  [308, 'PUT', 'PUT', 'words'],
])('a %i of a %s is followed with a %s', async (status, method, then, body) => {
  const { url } = await mirror();
  const answer = await outbound().fetch(`${url}/to/${status}?/there`, { method, body: 'words' });
  expect(answer).toMatchObject({ url: `${url}/there`, redirected: true });
  const seen = (await answer.json()) as Mirrored;
  expect(seen).toMatchObject({ method: then, url: '/there', body });
  expect('content-type' in seen.headers).toBe(body !== '');
});

test('headers stay with the origin they were meant for', async () => {
  const there = await mirror();
  const here = await mirror();
  const headers = { authorization: 'Bearer a', cookie: 'b=c', 'x-api-key': 'd', accept: 'text/plain' };
  const { fetch } = outbound();
  expect(await mirrored(fetch(`${here.url}/to/302?/there`, { headers }))).toMatchObject({ headers });
  const elsewhere = await mirrored(fetch(`${here.url}/to/302?${there.url}/`, { headers }));
  expect(elsewhere.headers).toMatchObject({ accept: 'text/plain', 'user-agent': 'Famulus' });
  expect(JSON.stringify(elsewhere)).not.toMatch(/Bearer|b=c|x-api-key/);
});

test('no body goes to another origin', async () => {
  const there = await mirror();
  const here = await mirror();
  const sent = outbound().fetch(`${here.url}/to/307?${there.url}/`, { method: 'POST', body: 'words' });
  await expect(sent).rejects.toMatchObject({ code: 'outbound.redirect' });
  expect(there.connections()).toBe(0);
});

test('follows five redirects and not six; and none when asked not to', async () => {
  const { url } = await listener((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end('there');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  const { fetch } = outbound();
  expect(await (await fetch(`${url}/5`)).text()).toBe('there');
  await expect(fetch(`${url}/6`)).rejects.toThrow(`${url} is behind more than 5 redirects`);
  expect(await fetch(`${url}/1`, { redirect: 'manual' })).toMatchObject({ status: 302 });
  await expect(fetch(`${url}/1`, { redirect: 'error' })).rejects.toMatchObject({ code: 'outbound.redirect' });
});

test.each(['plain', 'gzip'])(
  'an endless answer (%s) is cut off, and little of it is ever held',
  async (coding) => {
    const megabyte = Buffer.alloc(1024 * 1024);
    let poured = 0;
    function* zeros() {
      // Packed, 2 GB of them are 2 MB.
      for (; poured < 2_000; poured += 1) yield megabyte;
    }
    const { url } = await listener((_request, response) => {
      if (coding === 'gzip') response.setHeader('content-encoding', 'gzip');
      const coder = coding === 'gzip' ? createGzip() : new PassThrough();
      pipeline(Readable.from(zeros()), coder, response).catch(() => {});
    });
    const answer = await outbound().within({ max_bytes: 32 * 1024 * 1024 })(url);
    let most = 0;
    const before = process.memoryUsage();
    const reading = (async () => {
      for await (const piece of answer.body!) {
        const { arrayBuffers, heapUsed } = process.memoryUsage();
        most = Math.max(
          most,
          arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed,
          piece.byteLength,
        );
      }
    })();
    await expect(reading).rejects.toMatchObject({
      code: 'outbound.too_large',
      message: expect.stringContaining(url) as string,
    });
    expect(most).toBeLessThan(100 * 1024 * 1024);
    // Packed, all of it may lie in the buffers between.
    expect(poured).toBeLessThan(coding === 'gzip' ? 2_001 : 100);
  },
);

test('an answer that says that it is too large is not read', async () => {
  const { url } = await listener((_request, response) => {
    response.writeHead(200, { 'content-length': '11' }).end('hello world');
  });
  const { within } = outbound();
  await expect(within({ max_bytes: 10 })(url)).rejects.toThrow(
    `The answer of ${url} is larger than 10 bytes`,
  );
  expect(await (await within({ max_bytes: 11 })(url)).text()).toBe('hello world');
  expect(await within({ max_bytes: 10 })(url, { method: 'HEAD' })).toMatchObject({ status: 200 });
});

test('waits for the head and for the body as long as it may in all', async () => {
  const { url } = await listener((request, response) => {
    if (request.url === '/body') response.write('begun');
  });
  const { within } = outbound();
  const fetch = within({ total_ms: 100 });
  await expect(fetch(`${url}/head`)).rejects.toThrow(`${url} did not answer in full within 0.1 s`);
  const begun = await fetch(`${url}/body`);
  await expect(begun.text()).rejects.toMatchObject({ code: 'outbound.timeout', kind: 'unavailable' });
});

test('a look-up that hangs is given up', async () => {
  const made = createOutbound({ connect_ms: 50, resolve: async () => await new Promise(() => {}) });
  onTestFinished(made.close);
  await expect(made.fetch('http://slow.example/')).rejects.toMatchObject({ code: 'outbound.timeout' });
});

test('stops when its caller says so, before and within the answer', async () => {
  const asked: IncomingMessage[] = [];
  const stop = new AbortController();
  const { url } = await listener((request, response) => {
    asked.push(request);
    if (request.url === '/body') response.write('begun');
    else stop.abort(new Error('stopped'));
  });
  const { fetch } = outbound();
  const stopped = await fetch(url, { signal: stop.signal }).catch((error: unknown) => error);
  expect(stopped).toBe(stop.signal.reason);
  await expect(fetch(url, { signal: stop.signal })).rejects.toThrow('stopped');
  expect(asked).toHaveLength(1);
  const other = new AbortController();
  const begun = await fetch(`${url}/body`, { signal: other.signal });
  other.abort(new Error('enough'));
  await expect(begun.text()).rejects.toThrow('enough');
});

test('says why there is no answer', async () => {
  const { url } = await listener((request) => request.socket.destroy());
  const { fetch } = outbound();
  await expect(fetch(url)).rejects.toMatchObject({
    code: 'outbound.unreachable',
    message: `${url} can't be reached: the connection was cut`,
    retryable: true,
  });
  await expect(fetch('http://127.0.0.1:1/')).rejects.toThrow(/bad port/);
  await expect(fetch('http://127.0.0.1:2/')).rejects.toThrow('the connection is refused');
});

test('an answer that breaks off ends the reading with a failure', async () => {
  const { url } = await listener((_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('begun', () => response.destroy());
  });
  const answer = await outbound().fetch(url);
  await expect(answer.text()).rejects.toMatchObject({ code: 'outbound.unreachable' });
});
