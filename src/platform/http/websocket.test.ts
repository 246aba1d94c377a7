import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { EventSink, EventStreamOptions } from './event-sink.ts';
import { route } from './route.ts';
import { serve } from './test-server.ts';
import { webSocketStream } from './websocket.ts';

const about = { summary: 'Events.', tag: 'Tests', responses: { 101: null } } as const;

/** A server with a stream at `/api/ws`, and the sinks of those who listen to it. */
async function streaming(options: Partial<EventStreamOptions> = {}) {
  const sinks: EventSink[] = [];
  const waiting: ((sink: EventSink) => void)[] = [];
  const errors: unknown[] = [];
  const start = (sink: EventSink) => {
    sinks.push(sink);
    waiting.shift()?.(sink);
  };
  const events = route(
    { method: 'get', path: '/api/ws', scope: 'all', ...about },
    async ({ request }) =>
      await webSocketStream(request, { start, onError: (error) => errors.push(error), ...options }),
  );
  const { server, log, call } = await serve({ routes: [events] });
  const opened = async () => sinks.shift() ?? (await new Promise<EventSink>((take) => waiting.push(take)));

  /** A client of the library. */
  const listenTo = async (protocols: string[] = []) => {
    const client = new WebSocket(`ws://127.0.0.1:${server.port}/api/ws`, protocols, {
      headers: { authorization: 'Bearer all' },
    });
    client.on('error', () => {});
    onTestFinished(() => client.terminate());
    const closed = once(client, 'close') as Promise<[number, Buffer]>;
    const end = async () => {
      const [code, reason] = await closed;
      return { code, reason: reason.toString() };
    };
    const messages: string[] = [];
    client.on('message', (data) => messages.push((data as Buffer).toString()));
    await once(client, 'open');
    return { client, messages, end, sink: await opened() };
  };
  /** A connection on which frames are written by hand, after the handshake with these headers. */
  const byHand = async (change: Record<string, string | undefined> = {}, path = '/api/ws') => {
    const socket = connect(server.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    const headers = {
      host: 'test',
      authorization: 'Bearer all',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...change,
    };
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}: ${value}`],
    );
    socket.write([`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    return socket;
  };
  return { server, log, call, errors, opened, listenTo, byHand };
}

const ended = async ({ signal }: EventSink) => {
  if (!signal.aborted) await once(signal, 'abort');
};

/** Everything that comes until the other side is done. */
async function readToEnd(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One frame as a client sends it (RFC 6455, 5.2). */
function frame(
  payload: string | Buffer,
  {
    opcode = 1,
    fin = true,
    masked = true,
    rsv = 0,
  }: Partial<Record<'opcode' | 'rsv', number>> & { fin?: boolean; masked?: boolean } = {},
): Buffer {
  const data = Buffer.from(payload);
  const long = data.length > 125;
  const head = Buffer.from([
    (fin ? 0x80 : 0) | rsv | opcode,
    (masked ? 0x80 : 0) | (long ? 126 : data.length),
    ...(long ? [data.length >> 8, data.length & 0xff] : []),
  ]);
  if (!masked) return Buffer.concat([head, data]);
  const mask = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([head, mask, data.map((byte, index) => byte ^ mask[index % 4]!)]);
}

/** The code of the close frame in what the server has sent. */
function closeCode(sent: Buffer): number | undefined {
  const at = sent.indexOf('\r\n\r\n') + 4;
  return sent[at] === 0x88 ? sent.readUInt16BE(at + 2) : undefined;
}

describe('a WebSocket', () => {
  test('carries events, each as one text, and ends when they are over', async () => {
    const { listenTo, log } = await streaming();
    const { messages, end, sink } = await listenTo();
    sink.send({ seq: 1, type: 'a' }, 1);
    sink.send({ type: 'message.delta' });
    sink.close();
    sink.send('late');
    expect(await end()).toEqual({ code: 1000, reason: '' });
    expect(messages).toEqual(['{"seq":1,"type":"a"}', '{"type":"message.delta"}']);
    await ended(sink);
    expect(log.find(({ path }) => path === '/api/ws')).toMatchObject({ status: 101, user_id: 'user-1' });
  });

  test('says why it ends when it was revoked, and when the server stops', async () => {
    const { listenTo, server } = await streaming();
    const revoked = await listenTo();
    const other = await listenTo();
    revoked.sink.close('revoked');
    expect(await revoked.end()).toEqual({ code: 4401, reason: 'the credentials hold no more' });
    const closed = server.close(10_000);
    expect(await other.end()).toMatchObject({ code: 1001 });
    await closed;
    await ended(other.sink);
  });

  test('does not hold the server up when the client never answers', async () => {
    const { byHand, opened, server } = await streaming();
    await byHand();
    await opened();
    const began = performance.now();
    await server.close(50);
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  test('chooses our subprotocol, where it is offered', async () => {
    const { listenTo } = await streaming();
    const { client } = await listenTo(['famulus', 'ticket.x']);
    expect(client.protocol).toBe('famulus');
  });

  test('knows when the client has gone, and when it does not live any more', async () => {
    const { listenTo, byHand, opened } = await streaming({ heartbeat_ms: 20 });
    const { client, sink } = await listenTo();
    // Answers pings by itself, longer than two heartbeats.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sink.signal.aborted).toBe(false);
    client.terminate();
    await ended(sink);
    const silent = await byHand();
    const silentSink = await opened();
    await readToEnd(silent);
    await ended(silentSink);
  });

  test('drops a client that does not read', async () => {
    const { byHand, opened } = await streaming({ limit_bytes: 100_000 });
    const socket = await byHand();
    socket.pause();
    const sink = await opened();
    let sent = 0;
    // The system's own buffers take some megabytes first.
    while (!sink.signal.aborted && sent < 100_000_000) {
      sink.send('a'.repeat(10_000));
      sent += 10_000;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sink.signal.aborted).toBe(true);
  });

  test('tells of a start that fails, and ends', async () => {
    const { byHand, errors } = await streaming({
      start: async () => {
        throw new Error('no events');
      },
    });
    const socket = await byHand();
    const [first] = (await once(socket, 'data')) as [Buffer];
    socket.write(frame(Buffer.from([0x03, 0xf3]), { opcode: 8 }));
    const sent = Buffer.concat([first, await readToEnd(socket)]);
    expect(closeCode(sent)).toBe(1011);
    expect(errors).toMatchObject([{ message: 'no events' }]);
  });
});

describe('what a client says', () => {
  test.each<[string, Buffer, number]>([
    ['text', frame('hello'), 1008],
    ['JSON that is no ping', frame('{"type":"subscribe"}'), 1008],
    ['null', frame('null'), 1008],
    ['bytes', frame('hello', { opcode: 2 }), 1003],
    ['more than fits', frame('a'.repeat(5_000)), 1009],
    [
      'more than fits, in pieces',
      Buffer.concat([frame('a'.repeat(3_000), { fin: false }), frame('a'.repeat(3_000), { opcode: 0 })]),
      1009,
    ],
    ['without a mask', frame('hello', { masked: false }), 1002],
    ['an unknown opcode', frame('hello', { opcode: 5 }), 1002],
    ['a continuation of nothing', frame('hello', { opcode: 0 }), 1002],
    ['compressed', frame('hello', { rsv: 0x40 }), 1002],
    ['no UTF-8', frame(Buffer.from([0xc3, 0x28])), 1007],
    ['a control frame in pieces', frame('x', { opcode: 9, fin: false }), 1002],
    ['a control frame that is too long', frame('a'.repeat(126), { opcode: 9 }), 1002],
    ['a close code that does not exist', frame(Buffer.from([0x00, 0x01]), { opcode: 8 }), 1002],
    ['a close reason that is no UTF-8', frame(Buffer.from([0x03, 0xe8, 0xff]), { opcode: 8 }), 1007],
    ['a close', frame(Buffer.from([0x03, 0xe8]), { opcode: 8 }), 1000],
  ])('ends the stream with a code: %s', async (_, bytes, code) => {
    const { byHand, opened } = await streaming();
    const socket = await byHand();
    const sink = await opened();
    // What comes in one piece with the handshake, or in two, is the same.
    socket.write(bytes);
    const reading = readToEnd(socket);
    socket.write(frame(Buffer.from([0x03, 0xe8]), { opcode: 8 }));
    expect(closeCode(await reading)).toBe(code);
    await ended(sink);
  });

  test('is nothing where it is a ping, also in pieces', async () => {
    const { byHand, opened } = await streaming();
    const socket = await byHand();
    const sink = await opened();
    const [handshake] = (await once(socket, 'data')) as [Buffer];
    expect(handshake.toString()).toMatch(/^HTTP\/1\.1 101 /);
    socket.write(frame('{"type":"ping"}'));
    socket.write(frame('{"type":', { fin: false }));
    socket.write(frame('are you there?', { opcode: 9 }));
    socket.write(frame('"ping"}', { opcode: 0 }));
    const [pong] = (await once(socket, 'data')) as [Buffer];
    expect(pong.subarray(2).toString()).toBe('are you there?');
    sink.send(1);
    const [text] = (await once(socket, 'data')) as [Buffer];
    expect(text.subarray(2).toString()).toBe('1');
  });
});

describe('what is not opened', () => {
  test.each<[string, Record<string, string | undefined>, string, number, string]>([
    ['without credentials', { authorization: undefined }, '/api/ws', 401, 'auth.required'],
    ['without the scope', { authorization: 'Bearer other' }, '/api/ws', 403, 'auth.scope'],
    ['without a key', { 'sec-websocket-key': undefined }, '/api/ws', 400, 'websocket.handshake'],
    ['with a bad key', { 'sec-websocket-key': 'abc' }, '/api/ws', 400, 'websocket.handshake'],
    ['with another version', { 'sec-websocket-version': '7' }, '/api/ws', 400, 'websocket.handshake'],
    ['with bad subprotocols', { 'sec-websocket-protocol': 'a, a' }, '/api/ws', 400, 'websocket.handshake'],
    ['with an empty subprotocol', { 'sec-websocket-protocol': 'a,' }, '/api/ws', 400, 'websocket.handshake'],
    ['elsewhere', {}, '/api/nothing', 404, 'http.not_found'],
    ['as something else', { upgrade: 'h2c' }, '/api/ws', 426, 'websocket.required'],
    ['without Connection', { connection: 'close' }, '/api/ws', 426, 'websocket.required'],
  ])('is answered with a problem: %s', async (_, headers, path, status, code) => {
    const { byHand } = await streaming();
    const socket = await byHand({ connection: 'Upgrade, close', ...headers }, path);
    const [head = '', body = ''] = (await readToEnd(socket)).toString().split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json\r?$/m);
    expect(head).toMatch(/^content-security-policy: /m);
    expect(JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1))).toMatchObject({
      code,
      status,
    });
  });

  test('is a usual request with another verb', async () => {
    const { call } = await streaming();
    expect(await call('POST', '/api/ws', {})).toMatchObject({ status: 405 });
    const plain = await call('GET', '/api/ws');
    expect(plain).toMatchObject({ status: 426, json: { code: 'websocket.required' } });
    expect(plain.headers.get('upgrade')).toBe('websocket');
  });

  test('does not harm the server when the client is gone before the answer', async () => {
    const { byHand, listenTo } = await streaming();
    for (let n = 0; n < 20; n++) {
      const socket = await byHand();
      if (n % 2 === 0) await once(socket, 'connect');
      socket.resetAndDestroy();
    }
    const { sink } = await listenTo();
    sink.send('still here');
  });
});
