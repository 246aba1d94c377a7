import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { route } from './route.ts';
import { serve } from './test-server.ts';

const about = { scope: 'all', summary: 'For a test.', tag: 'Tests' } as const;
const post = route(
  { ...about, method: 'post', path: '/api/things', body: z.unknown(), responses: { 200: z.unknown() } },
  () => ({ read: true }),
);

/** A connection on which bytes are written and read by hand. */
async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Reads answers until the text `end`. */
async function readUntil(socket: Socket, end: string): Promise<string> {
  let read = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    read += String(chunk);
    if (read.includes(end)) break;
  }
  return read;
}

const head = (lines: string[]) =>
  [
    'POST /api/things HTTP/1.1',
    'host: test',
    'authorization: Bearer all',
    'content-type: application/json',
    ...lines,
    '',
    '',
  ].join('\r\n');

const MIB = 1024 * 1024;

describe('a body that is too large', () => {
  test('gets a 413 that fetch can read', async () => {
    const { call } = await serve({ routes: [post] });
    const answer = await call('POST', '/api/things', JSON.stringify('a'.repeat(5 * MIB)));
    expect(answer).toMatchObject({ status: 413, json: { code: 'request.too_large' } });
  });

  test.each([
    ['with its length', [`content-length: ${5 * MIB}`], (piece: string) => piece, ''],
    [
      'in chunks',
      ['transfer-encoding: chunked'],
      (piece: string) => `${piece.length.toString(16)}\r\n${piece}\r\n`,
      '0\r\n\r\n',
    ],
  ])(
    '%s is taken whole from a client that only then reads, on a connection that goes on',
    async (_, lines, frame, end) => {
      const { server } = await serve({ routes: [post] });
      const socket = await open(server.port);
      socket.pause();
      socket.write(head(lines));
      for (let sent = 0; sent < 5 * MIB; sent += 65_536) {
        if (!socket.write(frame('a'.repeat(65_536)))) await once(socket, 'drain');
      }
      socket.write(end);
      socket.write(`${head(['content-length: 2'])}{}`);
      const read = await readUntil(socket, '{"read":true}');
      expect(read).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n[\s\S]*HTTP\/1\.1 200 OK\r\n/);
      socket.destroy();
    },
  );

  test.each([403, 413])('gets a %i without a reset also when the connection ends with it', async (status) => {
    const { server } = await serve({ routes: [post] });
    const socket = await open(server.port);
    const token = status === 403 ? 'other' : 'all';
    socket.write(
      head([`content-length: ${5 * MIB}`, 'connection: close']).replace('Bearer all', `Bearer ${token}`),
    );
    socket.write('a'.repeat(5 * MIB));
    expect(await textOf(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test('begins above one MiB', async () => {
    const { call } = await serve({ routes: [post] });
    const most = JSON.stringify('a'.repeat(MIB - 2));
    expect((await call('POST', '/api/things', most)).status).toBe(200);
    expect((await call('POST', '/api/things', `${most} `)).status).toBe(413);
  });
});

describe('a verb that no path has', () => {
  test.each([
    ['one that nobody knows', 'FOO /api/things HTTP/1.1'],
    ['one in small letters', 'get /api/things HTTP/1.1'],
    ['that of proxies', 'CONNECT example.com:443 HTTP/1.1'],
  ])('is 405: %s', async (_, line) => {
    const { server, call } = await serve({ routes: [post] });
    const socket = await open(server.port);
    socket.write(`${line}\r\nhost: test\r\n\r\n`);
    const answer = await textOf(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n[\s\S]*\r\nallow: GET, /);
    expect(answer).toContain('"code":"http.method_not_allowed"');
    expect((await call('POST', '/api/things', {})).status).toBe(200);
  });
});

describe('what is no HTTP', () => {
  test.each([
    ['a line of words', 'hello there\r\n\r\n', 400],
    ['a bad header', 'GET / HTTP/1.1\r\nhost: test\r\nbad header: 1\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a bad host', 'GET / HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: test\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('gets an answer: %s', async (_, request, status) => {
    const { server, call } = await serve({ routes: [post] });
    const socket = await open(server.port);
    socket.write(request);
    expect(await textOf(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await call('POST', '/api/things', {})).status).toBe(200);
  });
});

test('a port that is taken is named, with what to do', async () => {
  const { server } = await serve({});
  const { createHttpApp } = await import('./app.ts');
  const { listen } = await import('./server.ts');
  const { createLogger } = await import('#platform/log/index.ts');
  const app = createHttpApp({
    log: createLogger({ level: 'silent', pretty: false }),
    info: { title: '', version: '', description: '' },
    routes: [],
    authenticate: async () => null,
    ready: () => true,
  });
  await expect(listen(app, { host: '127.0.0.1', port: server.port })).rejects.toMatchObject({
    code: 'http.port_taken',
    kind: 'unavailable',
    message: `port ${server.port} is taken: choose another with --port`,
  });
  await expect(listen(app, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
    code: 'http.cannot_listen',
  });
});

describe('close', () => {
  /** A route that answers when told to. */
  function slow() {
    const entered = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const definition = {
      ...about,
      method: 'get',
      path: '/api/slow',
      responses: { 200: z.unknown() },
    } as const;
    const slowRoute = route(definition, async () => {
      entered.resolve();
      await answer.promise;
      return { done: true };
    });
    return { slowRoute, entered: entered.promise, answer: answer.resolve };
  }

  test('lets a request in flight finish, and takes no new ones', async () => {
    const { slowRoute, entered, answer } = slow();
    const { server, call } = await serve({ routes: [slowRoute, post] });
    const idle = await open(server.port);
    idle.write(`${head(['content-length: 2'])}{}`);
    await readUntil(idle, '{"read":true}');
    const running = call('GET', '/api/slow');
    await entered;
    const closed = server.close(10_000);
    expect(await textOf(idle)).toBe('');
    await expect(open(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    answer();
    expect((await running).json).toEqual({ done: true });
    await closed;
  });

  test('does not wait for a connection that was opened and never used', async () => {
    const { server } = await serve({ routes: [post] });
    const unused = await open(server.port);
    await server.close(10_000);
    expect(await textOf(unused)).toBe('');
  }, 5_000);

  test('drops at the deadline what has not finished', async () => {
    const { slowRoute, entered } = slow();
    const { server, call } = await serve({ routes: [slowRoute] });
    const running = call('GET', '/api/slow').catch(() => 'dropped');
    await entered;
    await server.close(20);
    expect(await running).toBe('dropped');
  });
});
