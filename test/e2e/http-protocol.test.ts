import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { rawHttp, type RawAnswer } from '#test/raw-http.ts';

let famulus: Program;
let authorization: string;

beforeAll(async () => {
  famulus = await startProgram();
  const { token } = await createUserAndToken(famulus);
  authorization = `Authorization: Bearer ${token}`;
});
afterAll(async () => {
  await famulus.remove();
});

interface Sent {
  start: string;
  /** Beside Host, Authorization and Connection. */
  headers?: string[];
  host?: string[];
  body?: string | Buffer;
}

async function send(
  { start, headers = [], host = ['Host: famulus.test'], body = '' }: Sent,
  ...more: string[]
) {
  const lines = [start, ...host, authorization, 'Connection: close', ...headers];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return await rawHttp(famulus.port, Buffer.concat([head, Buffer.from(body)]), ...more);
}

async function post(body: string | Buffer, headers: string[] = []) {
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  const type = headers.some((header) => header.startsWith('Content-Type'))
    ? []
    : ['Content-Type: application/json'];
  return await send({ start: 'POST /api/memories HTTP/1.1', headers: [...type, length, ...headers], body });
}

function expectProblem(answer: RawAnswer, status: number, code?: string): void {
  expect(answer.status, answer.body).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const problem = JSON.parse(answer.body) as { status: number; code: string; request_id: string };
  expect(problem).toMatchObject({ status, ...(code !== undefined && { code }) });
  expect(problem.request_id).toBe(answer.headers['x-request-id']);
  expect(answer.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': expect.stringContaining("default-src 'none'") as string,
  });
}

const memory = (key: string) => JSON.stringify({ key, value: 'x' });

describe('a verb that no path has is 405, and said as a problem', () => {
  test.each([
    ['one nobody knows', 'BREW /api/me HTTP/1.1'],
    ['one in small letters', 'get /api/me HTTP/1.1'],
    ['one for proxies', 'CONNECT example.com:443 HTTP/1.1'],
  ])('%s', async (_, start) => {
    expectProblem(await send({ start }), 405, 'http.method_not_allowed');
  });
});

describe('what is no request is 400, and said as a problem', () => {
  test.each([
    ['a target without a slash', 'GET api/me HTTP/1.1'],
    ['a star', 'GET * HTTP/1.1'],
    ['another protocol', 'GET /api/me HTTP/3.0'],
    ['letters that are not ASCII', 'GET /api/m\u00e9 HTTP/1.1'],
  ])('%s', async (_, start) => {
    expectProblem(await send({ start }), 400, 'request.malformed');
  });

  test.each<[string, string[]]>([
    ['no Host', []],
    ['two of them', ['Host: a.test', 'Host: b.test']],
    ['an empty one', ['Host:']],
    ['one that is none', ['Host: a b']],
  ])('%s', async (_, host) => {
    expectProblem(await send({ start: 'GET /api/me HTTP/1.1', host }), 400, 'request.malformed');
  });

  test.each([
    ['a line without colon', 'foo'],
    ['a space before the colon', 'Foo : bar'],
    ['a NUL', 'Foo: a\0b'],
    ['a length that is none', 'Content-Length: -3'],
    ['a length beside chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked'],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3'],
  ])('a header with %s', async (_, header) => {
    expectProblem(
      await send({ start: 'POST /api/memories HTTP/1.1', headers: [header] }),
      400,
      'request.malformed',
    );
  });

  test('chunks of no size', async () => {
    const headers = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
    expectProblem(
      await send({ start: 'POST /api/memories HTTP/1.1', headers }, 'zz\r\n{}\r\n0\r\n\r\n'),
      400,
    );
  });
});

test('headers and targets that are too large are 431', async () => {
  const huge = ['X: '.padEnd(70_000, 'y')];
  expectProblem(
    await send({ start: 'GET /api/me HTTP/1.1', headers: huge }),
    431,
    'request.headers_too_large',
  );
  const start = `GET /api/memories?q=${'x'.repeat(40_000)} HTTP/1.1`;
  expectProblem(await send({ start }), 431, 'request.headers_too_large');
});

test('an expectation but 100-continue is 417; that one is met', async () => {
  const start = 'POST /api/memories HTTP/1.1';
  const body = memory('expected');
  const headers = ['Content-Type: application/json', `Content-Length: ${body.length}`];
  expectProblem(
    await send({ start, headers: [...headers, 'Expect: tea'] }, body),
    417,
    'request.expectation',
  );
  expect((await send({ start, headers: [...headers, 'Expect: 100-continue'] }, body)).status).toBe(201);
});

describe('what is a request is answered', () => {
  test('HTTP/1.0 without a Host', async () => {
    expect((await send({ start: 'GET /api/me HTTP/1.0', host: [] })).status).toBe(200);
  });

  test('a target with the whole address', async () => {
    expect((await send({ start: 'GET http://famulus.test/api/me HTTP/1.1' })).status).toBe(200);
  });

  test('letters written as their numbers, and paths with dots', async () => {
    expect((await send({ start: 'GET /api/%6de HTTP/1.1' })).status).toBe(200);
    expect((await send({ start: 'GET /api/x/../me HTTP/1.1' })).status).toBe(200);
    expectProblem(await send({ start: 'GET /api%2fme HTTP/1.1' }), 404, 'http.not_found');
    expectProblem(await send({ start: 'GET //api/me HTTP/1.1' }), 404, 'http.not_found');
  });

  test('HEAD as GET without the body', async () => {
    const [get, head] = await Promise.all(
      ['GET', 'HEAD'].map(async (verb) => await send({ start: `${verb} /api/me HTTP/1.1` })),
    );
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head!.headers['content-type']).toBe(get!.headers['content-type']);
    expect(await send({ start: 'HEAD /api/nothing HTTP/1.1' })).toMatchObject({ status: 404, body: '' });
    expect(await send({ start: 'HEAD /api/schedules/preview HTTP/1.1' })).toMatchObject({
      status: 405,
      body: '',
    });
    expect(await send({ start: 'HEAD /api/events HTTP/1.1' })).toMatchObject({ status: 200, body: '' });
  });

  test('verbs that no path has are 405', async () => {
    for (const verb of ['TRACE', 'PURGE', 'QUERY']) {
      const answer = await send({ start: `${verb} /api/me HTTP/1.1` });
      expectProblem(answer, 405, 'http.method_not_allowed');
      expect(answer.headers['allow']).toContain('GET');
    }
  });

  test('a body in chunks', async () => {
    const body = memory('chunked');
    const headers = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
    const [left, right] = [body.slice(0, 5), body.slice(5)];
    const chunk = (part: string) => `${part.length.toString(16)}\r\n${part}\r\n`;
    const start = 'POST /api/memories HTTP/1.1';
    expect((await send({ start, headers }, chunk(left), chunk(right), '0\r\n\r\n')).status).toBe(201);
  });
});

describe('a path or query with broken letters is the caller’s mistake', () => {
  test.each([
    ['/api/memories/%', 422],
    ['/api/memories/%00', 422],
    ['/api/memories/%ED%A0%80', 422],
    ['/api/%zz/x', 404],
    ['/api/memories?q=%00', 422],
    ['/api/memories?limit=1&limit=2', 422],
    ['/api/memories?no_such=1', 422],
    ['/api/memories?__proto__=1', 422],
    ['/api/me?x=1', 422],
  ])('%s', async (target, status) => {
    expectProblem(await send({ start: `GET ${target} HTTP/1.1` }), status);
  });

  test('many times the same', async () => {
    expectProblem(await send({ start: `GET /api/memories?${'a&'.repeat(5_000)} HTTP/1.1` }), 422);
  });

  test('as long as it can be read, it is', async () => {
    for (const query of ['?q=%zz', '?q=%EF%BF%BD', '?'])
      expect((await send({ start: `GET /api/memories${query} HTTP/1.1` })).status, query).toBe(200);
  });

  test('what is no UTF-8, half a character among it, is 422 as in a body', async () => {
    for (const query of ['?q=%ff', '?q=a%ED%A0%80', '?%ff=1'])
      expectProblem(await send({ start: `GET /api/memories${query} HTTP/1.1` }), 422, 'request.invalid');
  });
});

describe('a body', () => {
  test('nested deeper than anybody means is 422', async () => {
    const deep = (n: number) => `{"key":"deep","value":${'['.repeat(n)}${']'.repeat(n)}}`;
    for (const depth of [100, 5_000, 400_000]) expectProblem(await post(deep(depth)), 422, 'request.invalid');
  });

  test('with fields that every object has is 422', async () => {
    for (const field of ['__proto__', 'constructor', 'toString']) {
      const answer = await post(`{"key":"proto","value":"x","${field}":{"key":"y"}}`);
      expectProblem(answer, 422, 'request.invalid');
      expect(answer.body).toContain(field);
    }
  });

  test('that is no UTF-8 is 400', async () => {
    expectProblem(await post(Buffer.from([0x22, 0xff, 0xfe, 0x22])), 400, 'request.bad_json');
  });

  test.each([
    ['Content-Type: application/json; charset=iso-8859-1'],
    ['Content-Type: application/json; charset=utf-16'],
    ['Content-Type: application/jsonp'],
    ['Content-Type: text/json'],
    ['Content-Type:'],
    ['Content-Encoding: gzip'],
    ['Content-Encoding: identity, br'],
  ])('with %s is 415', async (header) => {
    expectProblem(await post(memory('typed'), [header]), 415, 'request.unsupported_media');
  });

  test('in UTF-8 by name is read', async () => {
    expect((await post(memory('utf8'), ['Content-Type: Application/JSON;charset="UTF-8"'])).status).toBe(201);
  });

  test('with a number beyond all numbers is 422', async () => {
    expectProblem(await post('{"key":"n","value":1e999}'), 422);
  });

  test('where none is taken may be empty, and no more', async () => {
    const stop = async (body: string) =>
      await send({
        start: 'POST /api/threads/01a1fc86-0000-7000-8000-000000000000/stop HTTP/1.1',
        headers: ['Content-Type: application/json', `Content-Length: ${body.length}`],
        body,
      });
    expectProblem(await stop('{}'), 404);
    expectProblem(await stop('{"x":1}'), 422);
    expectProblem(await stop('[]'), 422);
  });
});

test('nothing of all this was an error of ours', () => {
  expect(famulus.output().stderr).not.toMatch(/"level":"(error|fatal)"/);
});
