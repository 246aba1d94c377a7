import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'One number', version: '1' },
  paths: {
    '/api/number': {
      get: {
        parameters: [{ name: 'form', in: 'query', schema: { enum: ['right', 'wrong'] } }],
        responses: {
          200: {
            description: 'A number',
            content: {
              'application/json': {
                schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
              },
            },
          },
        },
      },
    },
  },
};

// Of what the other files of this project find, this is the proof that they can find it.
describe('the proxy of the project contract', () => {
  let server: Server;
  let client: Client;

  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      const body = url.endsWith('.json') ? document : { n: url.endsWith('wrong') ? 'one' : 1 };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = createClient({ url: `http://127.0.0.1:${port}` }, { token: 'any' });
  });
  afterAll(() => void server.close());

  test('lets through what the document says', async () => {
    expect(await client.get('/api/number?form=right')).toMatchObject({ status: 200, body: { n: 1 } });
  });

  test('turns an answer against the document into an error', async () => {
    const { status, body } = await client.get('/api/number?form=wrong');
    expect(status).toBe(500);
    expect(body).toMatchObject({ type: expect.stringContaining('VIOLATIONS') as string });
  });

  test('turns a request against the document into an error', async () => {
    expect((await client.get('/api/number?form=round')).status).toBe(422);
    expect((await client.get('/api/letter')).status).toBe(404);
  });
});
