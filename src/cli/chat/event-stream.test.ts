import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { followEventStream, type StreamEvent } from './event-stream.ts';

test('goes on after the last event when the server comes back', async () => {
  const asked: (string | string[] | undefined)[] = [];
  const answers: ServerResponse[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers['last-event-id']);
    // The first attempt to come back finds a server that is not ready.
    if (asked.length === 2) return void response.writeHead(503).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    answers.push(response);
    server.emit('opened');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const leaving = new AbortController();
  const events: StreamEvent[] = [];
  let opened = 0;
  const followed = followEventStream({
    api: {
      open: async (path, headers) => {
        const response = await fetch(url + path, { headers, signal: leaving.signal });
        if (!response.ok) throw new Error(`${response.status}`);
        return response;
      },
    },
    onEvent: (event) => {
      events.push(event);
      server.emit('told');
    },
    onOpen: () => (opened += 1),
    signal: leaving.signal,
  });
  const tell = async (text: string) => {
    const told = once(server, 'told');
    answers.at(-1)!.write(text);
    await told;
  };

  await once(server, 'opened');
  await tell('id: 7\ndata: {"type":"message.created","payload":{}}\n\n');
  await tell('data: {"type":"message.delta","payload":{}}\n\n');
  const again = once(server, 'opened');
  // Cut off in the middle of an event.
  answers[0]!.write('id: 8\ndata: {"ty');
  answers[0]!.destroy();
  await again;
  await tell('id: 8\ndata: {"type":"message.completed","payload":{}}\n\n');
  leaving.abort();
  await followed;
  server.closeAllConnections();
  server.close();

  expect(asked).toEqual([undefined, '7', '7']);
  expect(opened).toBe(2);
  expect(events.map(({ type }) => type)).toEqual(['message.created', 'message.delta', 'message.completed']);
});
