import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { startFakeModels, type FakeModels } from '#test/fakes/aimock.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { ask, mainThreadOf, said } from '#test/records.ts';

const SECRET = 'Bearer open-sesame-4711';

const page = `<title>Tea house</title><h1>Open from 9</h1><p>See the <a href="/menu">menu</a>.</p>`;

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { body: string };

/** A site: a page at /, and everything else as JSON, with what was asked. */
async function site() {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method, url, headers } = request;
      asked.push({ method, url, headers, body });
      if (url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      else
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ url, headers }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, asked, port: (server.address() as AddressInfo).port };
}

let models: FakeModels;
let allowed: Awaited<ReturnType<typeof site>>;
let inside: Awaited<ReturnType<typeof site>>;
let program: Program;
let client: Client;
let thread: string;

beforeAll(async () => {
  models = await startFakeModels();
  allowed = await site();
  inside = await site();
  const env = {
    ...models.env('compatible'),
    DEFAULT_MODEL: 'compatible/fake',
    OUTBOUND_ALLOW: `127.0.0.1:${allowed.port}`,
  };
  program = await startProgram({ env });
  client = createClient(program, await createUserAndToken(program));
});

// What was read taints a thread: each test has one of its own.
beforeEach(async () => {
  models.clear();
  const main = await mainThreadOf(client);
  const { body } = await client.get<{ assistant_id: string }>(`/api/threads/${main}`);
  thread = (await client.post<{ id: string }>('/api/threads', { assistant_id: body.assistant_id })).body.id;
});

const close = async (server: Server) => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
};

afterAll(async () => {
  await program[Symbol.asyncDispose]();
  await models[Symbol.asyncDispose]();
  await close(allowed.server);
  await close(inside.server);
});

/** What the model was given in its last request. */
const given = () => JSON.stringify(models.asked().at(-1)?.body);

test('a page is read for the model', async () => {
  const url = `http://127.0.0.1:${allowed.port}/`;
  models.calls('when does it open', { name: 'web', input: { url } }, 'At nine.');
  const { reply } = await ask(client, thread, 'when does it open?');
  expect(said(reply)).toBe('At nine.');
  expect(JSON.stringify(reply.parts)).toContain('Open from 9\\n\\nSee the menu[L1].');
  expect(given()).toContain(`L1 ${url}menu`);
});

test.each(['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]'])(
  '%s is not called, whatever a model wants, and the model is told',
  async (host) => {
    models.calls('read it', { name: 'web', input: { url: `http://${host}:${inside.port}/` } }, 'I may not.');
    const { reply } = await ask(client, thread, 'read it for me');
    expect(said(reply)).toBe('I may not.');
    expect(given()).toContain('OUTBOUND_ALLOW');
    expect(inside.asked).toEqual([]);
  },
);

test('a user’s own call is made, and its secrets stay where they are', async () => {
  const made = await client.post<{ id: string }>('/api/tools', {
    name: 'lamp',
    tool_type: 'http',
    description: 'Switches a lamp',
    input_schema: {
      type: 'object',
      properties: { room: { type: 'string' }, on: { type: 'boolean' } },
      required: ['room', 'on'],
    },
    config: {
      method: 'POST',
      url: `http://127.0.0.1:${allowed.port}/lamps/{room}`,
      body: 'json',
      secret_headers: { Authorization: SECRET },
    },
  });
  expect(made).toMatchObject({ status: 201, body: { config: { secret_headers: { Authorization: true } } } });
  const { body: one } = await client.get<{ assistant_id: string }>(`/api/threads/${thread}`);
  const link = await client.put(`/api/assistants/${one.assistant_id}/tools/${made.body.id}`, {
    is_active: true,
  });
  expect(link.status).toBe(200);

  models.calls('light in the hall', { name: 'lamp', input: { room: 'the hall', on: true } }, 'It is on.');
  const { reply } = await ask(client, thread, 'light in the hall, please');
  expect(said(reply)).toBe('It is on.');
  expect(allowed.asked.at(-1)).toMatchObject({
    method: 'POST',
    url: '/lamps/the%20hall',
    body: '{"on":true}',
    headers: { authorization: SECRET },
  });
  expect(given()).toContain('[secret]');
  expect(JSON.stringify([models.asked(), reply, made])).not.toContain('sesame');
});
