import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { route } from './route.ts';
import type { EventSink, EventStreamOptions } from './event-sink.ts';
import { eventStream } from './sse.ts';
import { serve } from './test-server.ts';

/** A server with one stream, and the sinks of those who listen to it. */
async function streaming(options: Partial<EventStreamOptions> = {}) {
  const opened: ((sink: EventSink) => void)[] = [];
  const sinks: Promise<EventSink>[] = [];
  const expectSink = () => {
    const { promise, resolve } = Promise.withResolvers<EventSink>();
    opened.push(resolve);
    sinks.push(promise);
    return promise;
  };
  const errors: unknown[] = [];
  const events = route(
    {
      method: 'get',
      path: '/api/events',
      scope: 'all',
      summary: 'Events.',
      tag: 'Tests',
      responses: { 200: z.unknown() },
    },
    ({ request }) =>
      eventStream(request, {
        start: (sink) => opened.shift()?.(sink),
        onError: (error) => errors.push(error),
        ...options,
      }),
  );
  const { server } = await serve({ routes: [events] });
  const listenTo = async (method = 'GET') => {
    const stop = new AbortController();
    const response = await fetch(`${server.url}/api/events`, {
      method,
      headers: { authorization: 'Bearer all' },
      signal: stop.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    /** What comes until the text has `end` in it, or until the stream ends. */
    const read = async (end?: string) => {
      let text = '';
      while (reader && (end === undefined || !text.includes(end))) {
        const { done, value } = await reader.read();
        if (done) return `${text}[end]`;
        text += value;
      }
      return text;
    };
    return { response, read, stop: () => stop.abort() };
  };
  return { server, listenTo, expectSink, errors };
}

const ended = async ({ signal }: EventSink) => {
  if (!signal.aborted) await once(signal, 'abort');
};

describe('eventStream', () => {
  test('sends its headers before there is any event', async () => {
    const { listenTo } = await streaming();
    const { response } = await listenTo();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('sends events in frames, each at once', async () => {
    const { listenTo, expectSink } = await streaming();
    const opened = expectSink();
    const { read } = await listenTo();
    const sink = await opened;
    sink.send({ seq: 5, text: 'two\nlines' }, 5);
    expect(await read('\n\n')).toBe('id: 5\ndata: {"seq":5,"text":"two\\nlines"}\n\n');
    sink.send('bare');
    expect(await read('\n\n')).toBe('data: "bare"\n\n');
    sink.close();
    sink.send('late');
    expect(await read()).toBe('[end]');
  });

  test('breaks the silence with a comment', async () => {
    const { listenTo } = await streaming({ heartbeat_ms: 5 });
    const { read } = await listenTo();
    expect(await read('\n\n')).toMatch(/^: .*\n\n$/);
  });

  test('knows when the client has gone', async () => {
    const { listenTo, expectSink } = await streaming();
    const opened = expectSink();
    const { stop } = await listenTo();
    const sink = await opened;
    stop();
    await ended(sink);
    expect(() => sink.send('into the void')).not.toThrow();
  });

  test('ends with the server', async () => {
    const { listenTo, expectSink, server } = await streaming();
    const opened = expectSink();
    const { read } = await listenTo();
    const sink = await opened;
    sink.send('last');
    const closed = server.close(10_000);
    expect(await read()).toBe('data: "last"\n\n[end]');
    await ended(sink);
    await closed;
  });

  test('drops a client that does not read', async () => {
    const { server, expectSink } = await streaming({ limit_bytes: 100_000 });
    const opened = expectSink();
    const socket = connect(server.port, '127.0.0.1');
    socket.pause();
    socket.write('GET /api/events HTTP/1.1\r\nhost: test\r\nauthorization: Bearer all\r\n\r\n');
    const sink = await opened;
    let sent = 0;
    // The system's own buffers take some megabytes first.
    while (!sink.signal.aborted && sent < 100_000_000) {
      sink.send('a'.repeat(10_000));
      sent += 10_000;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sink.signal.aborted).toBe(true);
    socket.on('error', () => {});
    socket.resume();
    await once(socket, 'close');
  });

  test('tells of a start that fails, and ends', async () => {
    const { listenTo, errors } = await streaming({
      start: async () => {
        throw new Error('no events');
      },
    });
    const { read } = await listenTo();
    expect(await read()).toBe('[end]');
    expect(errors).toMatchObject([{ message: 'no events' }]);
  });

  test('does not start for a HEAD request', async () => {
    let started = 0;
    const { listenTo } = await streaming({ start: () => void started++ });
    expect((await listenTo('HEAD')).response.status).toBe(200);
    expect((await listenTo('GET')).response.status).toBe(200);
    expect(started).toBe(1);
  });
});
