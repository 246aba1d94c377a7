import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOutbound } from '#platform/outbound/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { toolsFeature } from '../feature.ts';
import type { OutsideCall } from '../executor.ts';
import { httpTool } from './http-tool.ts';

const files = testDatabase();

const input_schema = {
  type: 'object',
  properties: { room: { type: 'string' }, level: { type: 'integer' } },
  required: ['room'],
};

/** A service, a user's API, and the tool that calls the one for the other. */
async function rig(answer: RequestListener = (_request, response) => response.end('done')) {
  const asked: Array<IncomingMessage & { body: string }> = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push(Object.assign(request, { body }));
      answer(request, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const outbound = createOutbound({ allow: [`127.0.0.1:${port}`] });
  onTestFinished(async () => {
    await outbound.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const context = featureContext(files, { outbound });
  const user = await createUser(files.database.system);
  const api = await serveAs(
    toolsFeature(context, { ownsAssistant: async () => await Promise.resolve(true) }),
  );
  const executor = httpTool(context);
  const url = `http://127.0.0.1:${port}`;
  const make = async (config: object, more: object = {}) => {
    const name = `t${Math.random().toString(36).slice(2)}`;
    const body = { name, tool_type: 'http', description: 'Lamps', input_schema, config, ...more };
    return await api(user.id)('POST', '/api/tools', body);
  };
  const run = async (id: string, input: object, signal = new AbortController().signal) => {
    const { json } = await api(user.id)('GET', `/api/tools/${id}`);
    const call = { tool: json, signal, call_id: 'turn:1:0', user_id: user.id } as unknown as OutsideCall;
    return await executor.run(input, call);
  };
  return { asked, url, user, as: api(user.id), make, run, executor };
}

const isOpen = 'Bearer open-sesame-4711';

describe('a call', () => {
  test('is what the configuration makes of the input', async () => {
    const { asked, url, make, run } = await rig((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"on": true, "level": 3}');
    });
    const { json } = await make({
      method: 'POST',
      url: `${url}/rooms/{room}`,
      body: 'json',
      idempotency_header: 'Idempotency-Key',
    });
    expect(await run(json.id, { room: 'a b', level: 3 })).toEqual({
      status: 200,
      body: { on: true, level: 3 },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: '/rooms/a%20b',
      body: '{"level":3}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'turn:1:0' },
    });
  });

  test('with other input than the schema has is not made', async () => {
    const { asked, url, make, run } = await rig();
    const { json } = await make({ url: `${url}/{room}` });
    expect(await run(json.id, { level: 'high' })).toEqual({
      error: "Wrong input: input must have required property 'room'; level must be integer",
    });
    expect(asked).toEqual([]);
  });

  test.each<[string, RequestListener, unknown]>([
    ['text', (_, response) => response.end('done'), { status: 200, body: 'done' }],
    ['nothing', (_, response) => response.writeHead(204).end(), { status: 204, body: '' }],
    [
      'what is said to be JSON and is none',
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{'),
      { status: 200, body: '{' },
    ],
    [
      'an error',
      (_, response) =>
        response.writeHead(422, { 'content-type': 'application/json' }).end('{"why": "no such room"}'),
      { status: 422, error: 'the server answered 422 Unprocessable Entity: {"why": "no such room"}' },
    ],
    [
      'a picture',
      (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('PNG'),
      { status: 200, note: "the answer is image/png, which can't be read" },
    ],
    [
      'too much',
      (_, response) => response.end('x'.repeat(3_000_000)),
      { status: 200, body: 'x'.repeat(20_000), note: 'cut off after 20000 characters' },
    ],
  ])('tells of %s', async (_name, answer, told) => {
    const { url, make, run } = await rig(answer);
    const { json } = await make({ url });
    expect(await run(json.id, { room: 'hall' })).toEqual(told);
  });

  test('of HEAD tells of the headers', async () => {
    const { url, make, run } = await rig((_, response) => response.writeHead(200, { etag: '"a"' }).end());
    const { json } = await make({ method: 'HEAD', url });
    expect(await run(json.id, { room: 'hall' })).toEqual({ status: 200, headers: { etag: '"a"' } });
  });

  test('that takes too long is given up; to where nothing may go is refused', async () => {
    const { make, run } = await rig();
    const { json } = await make({ url: 'http://169.254.169.254/latest/meta-data' });
    await expect(run(json.id, { room: 'hall' })).rejects.toMatchObject({ code: 'outbound.refused' });
    const silent = await rig(() => {});
    const slow = await silent.make({ url: silent.url, timeout_s: 1 });
    await expect(silent.run(slow.json.id, { room: 'hall' })).rejects.toMatchObject({
      code: 'outbound.timeout',
    });
  });

  test('of a tool that is not set up says so', async () => {
    const { make, run } = await rig();
    const { status, json } = await make({});
    expect(status).toBe(201);
    expect(await run(json.id, { room: 'hall' })).toEqual({
      error: expect.stringMatching(/^the tool is not set up right/) as string,
    });
  });

  test('may be made again only where that does no harm', async () => {
    const { executor } = await rig();
    const traits = (config: object) => executor.traits({ config } as never, {});
    const url = 'https://api.example/';
    expect(traits({ url })).toEqual({ effect: 'outside', taints: true, after_crash: 'repeat' });
    expect(traits({ url, method: 'HEAD' }).after_crash).toBe('repeat');
    expect(traits({ url, method: 'POST' }).after_crash).toBe('ask');
    expect(traits({ url, method: 'DELETE' }).after_crash).toBe('ask');
    expect(traits({ url, method: 'POST', idempotency_header: 'Idempotency-Key' }).after_crash).toBe('repeat');
    expect(traits({}).after_crash).toBe('ask');
  });
});

describe('secrets', () => {
  test('are sent, and shown to nobody', async () => {
    const { asked, url, make, run, as } = await rig((request, response) => {
      const { authorization, 'x-key': key } = request.headers;
      response.end(`you sent ${authorization}, and x-key: ${String(key)}`);
    });
    const made = await make({ url, secret_headers: { Authorization: isOpen, 'X-Key': 'k' } });
    expect(made).toMatchObject({
      status: 201,
      json: { config: { secret_headers: { Authorization: true, 'X-Key': true } } },
    });
    const listed = await as('GET', '/api/tools');
    expect(JSON.stringify([made.json, listed.json])).not.toContain('sesame');
    expect(await run(made.json.id, { room: 'hall' })).toMatchObject({
      body: 'you sent [secret], and x-key: k',
    });
    expect(asked[0]!.headers).toMatchObject({ authorization: isOpen, 'x-key': 'k' });
    const { rows } = await files.owner.query('select * from tool_secrets');
    expect(Buffer.concat(rows.map(({ value }: { value: Buffer }) => value)).includes('sesame')).toBe(false);
  });

  test('are kept, replaced and removed by what is written', async () => {
    const { asked, url, make, run, as } = await rig();
    const { json } = await make({ url, secret_headers: { Authorization: isOpen, 'X-Key': 'one' } });
    const path = `/api/tools/${json.id}`;
    const sent = async () => {
      await run(json.id, { room: 'hall' });
      const { authorization, 'x-key': key } = asked.at(-1)!.headers;
      return [authorization, key];
    };
    const round = await as('PATCH', path, { config: (await as('GET', path)).json['config'] });
    expect(round.status).toBe(200);
    expect(await sent()).toEqual([isOpen, 'one']);
    await as('PATCH', path, { config: { url, secret_headers: { authorization: true, 'X-Key': 'two' } } });
    expect(await sent()).toEqual([isOpen, 'two']);
    await as('PATCH', path, { description: 'Other' });
    expect(await sent()).toEqual([isOpen, 'two']);
    const { json: less } = await as('PATCH', path, { config: { url, secret_headers: { 'X-Key': true } } });
    expect(less['config']).toMatchObject({ secret_headers: { 'X-Key': true } });
    expect(await sent()).toEqual([undefined, 'two']);
    await as('PATCH', path, { config: { url } });
    expect(await sent()).toEqual([undefined, undefined]);
  });

  test('that are to be kept must be there', async () => {
    const { url, make } = await rig();
    const { status, json } = await make({ url, secret_headers: { Authorization: true } });
    expect(status).toBe(422);
    expect(json.errors).toMatchObject([{ path: 'config.secret_headers.Authorization' }]);
  });

  test('are gone with the tool', async () => {
    const { url, make, as } = await rig();
    const { json } = await make({ url, secret_headers: { Authorization: isOpen } });
    await as('DELETE', `/api/tools/${json.id}`);
    const { rows } = await files.owner.query('select id from tool_secrets where tool_id = $1', [json.id]);
    expect(rows).toEqual([]);
  });
});

test('a configuration is checked when it is written', async () => {
  const { url, make, as } = await rig();
  const wrong = await make({ method: 'GET', url: 'ftp://x/', metod: 1 });
  expect(wrong.status).toBe(422);
  expect(wrong.json.errors.map(({ path }) => path).toSorted()).toEqual(['config.metod', 'config.url']);
  const { json } = await make({ url: `${url}/{room}` });
  const path = `/api/tools/${json.id}`;
  expect((await as('PATCH', path, { config: { url: 'nowhere' } })).status).toBe(422);
  const unused = await as('PATCH', path, { input_schema: { type: 'object', properties: {} } });
  expect(unused).toMatchObject({ status: 422, json: { errors: [{ path: 'config' }] } });
  expect((await make({ what: 'ever' }, { tool_type: 'web' })).status).toBe(201);
});
