import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '#platform/errors/index.ts';
import { id, instant, text } from './fields.ts';
import { RetryLater } from './problem.ts';
import { Answer, route } from './route.ts';
import { serve } from './test-server.ts';

const about = { scope: 'all', summary: 'For a test.', tag: 'Tests' } as const;
const thing = z.strictObject({
  title: text(20),
  at: instant.optional(),
  payload: z.strictObject({ text: z.string() }).optional(),
  lines: z.array(z.string()).optional(),
});

const echo = route(
  { ...about, method: 'post', path: '/api/things', body: thing, responses: { 201: thing } },
  ({ body }) => body,
);

function failing(error: unknown) {
  return route({ ...about, method: 'get', path: '/api/failing', responses: { 200: z.unknown() } }, () => {
    throw error;
  });
}

describe('an answer', () => {
  test('has the declared status, and dates in RFC 3339', async () => {
    const { call } = await serve({ routes: [echo] });
    const answer = await call('POST', '/api/things', { title: ' Tea ', at: '2026-12-01T09:00:00+01:00' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.json).toEqual({ title: 'Tea', at: '2026-12-01T08:00:00.000Z' });
  });

  test('is empty with 204 when the handler returns nothing', async () => {
    const remove = route(
      { ...about, method: 'delete', path: '/api/things', responses: { 204: null } },
      async () => {},
    );
    const { call } = await serve({ routes: [remove] });
    expect(await call('DELETE', '/api/things')).toMatchObject({ status: 204, text: '' });
  });

  test('can have another status and headers', async () => {
    const responses = { 200: z.unknown(), 202: z.object({ state: z.string() }) };
    const start = route(
      { ...about, method: 'post', path: '/api/start', responses },
      () => new Answer(202, { state: 'going' }, { location: '/api/state' }),
    );
    const { call } = await serve({ routes: [start] });
    const answer = await call('POST', '/api/start');
    expect(answer).toMatchObject({ status: 202, json: { state: 'going' } });
    expect(answer.headers.get('location')).toBe('/api/state');
  });

  test('carries the security headers, and is not stored by anyone', async () => {
    const { call } = await serve({ routes: [echo] });
    for (const answer of [
      await call('POST', '/api/things', { title: 'a' }),
      await call('GET', '/api/nothing'),
    ]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining(
          "default-src 'none'; frame-ancestors 'none'",
        ) as string,
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });

  test('has the request id that the client gave, unless that could do harm', async () => {
    const { call, log } = await serve({ routes: [echo] });
    const given = await call('POST', '/api/things', { title: 'a' }, { 'x-request-id': 'mine-1' });
    expect(given.headers.get('x-request-id')).toBe('mine-1');
    expect(log.at(-1)).toMatchObject({
      msg: 'request',
      request_id: 'mine-1',
      user_id: 'user-1',
      status: 201,
      path: '/api/things',
    });
    const harmful = await call('GET', '/api/nothing', undefined, { 'x-request-id': '{"a":1}' });
    expect(harmful.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(harmful.json.request_id).toBe(harmful.headers.get('x-request-id'));
  });
});

describe('who may', () => {
  test('nobody without credentials', async () => {
    const { call } = await serve({ routes: [echo], authenticate: async () => null });
    const answer = await call('POST', '/api/things', { title: 'a' });
    expect(answer).toMatchObject({
      status: 401,
      json: { code: 'auth.required', title: 'Unauthorized', status: 401 },
    });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  test('nobody without the scope', async () => {
    const { call } = await serve({ routes: [echo] });
    const answer = await call('POST', '/api/things', { title: 'a' }, { authorization: 'Bearer some,other' });
    expect(answer).toMatchObject({
      status: 403,
      json: { code: 'auth.scope', detail: 'this needs the scope all' },
    });
  });

  test('everyone on an open route, and the handler knows nobody', async () => {
    const open = route(
      { ...about, scope: null, method: 'get', path: '/api/open', responses: { 200: z.unknown() } },
      ({ caller }) => ({ caller }),
    );
    const { call } = await serve({ routes: [open] });
    expect(await call('GET', '/api/open')).toMatchObject({ status: 200, json: { caller: null } });
  });

  test('nobody before the program is ready', async () => {
    const { call } = await serve({ routes: [echo], ready: () => false });
    const answer = await call('POST', '/api/things', { title: 'a' });
    expect(answer).toMatchObject({ status: 503, json: { code: 'http.not_ready' } });
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});

describe('a request against the contract', () => {
  test.each([
    ['an unknown field', { title: 'a', colour: 1 }, [{ path: 'colour', message: 'is not a known field' }]],
    [
      'an unknown inner field',
      { title: 'a', payload: { text: 'a', x: 1 } },
      [{ path: 'payload.x', message: 'is not a known field' }],
    ],
    ['a missing field', {}, [{ path: 'title', message: 'is required' }]],
    [
      'several at once',
      { at: 'now', lines: ['a', 1] },
      ['title', 'at', 'lines.1'].map((path) => ({ path, message: expect.any(String) as string })),
    ],
    [
      'a NUL',
      { title: 'a', payload: { text: 'a\0b' } },
      [{ path: 'payload.text', message: expect.stringContaining('NUL') as string }],
    ],
    [
      'half a character',
      '{"title":"a","lines":["ok","\\ud800"]}',
      [{ path: 'lines.1', message: expect.stringContaining('surrogate') as string }],
    ],
    [
      'a NUL in a name',
      '{"title":"a","payload":{"\\u0000":1}}',
      [{ path: 'payload', message: expect.stringContaining('NUL') as string }],
    ],
    [
      'deep nesting',
      `{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      [{ path: 'title.0.0', message: 'is nested too deeply' }],
    ],
    ['no body', undefined, [{ path: '', message: 'is required' }]],
    ['null', 'null', [{ path: '', message: expect.any(String) as string }]],
  ])('%s is 422 with its path', async (_, body, errors) => {
    const { call } = await serve({ routes: [echo] });
    expect(await call('POST', '/api/things', body)).toMatchObject({
      status: 422,
      json: { code: 'request.invalid', errors },
    });
  });

  test('in path and query is 422 too', async () => {
    const params = z.object({ id });
    const query = z.strictObject({ q: z.string().optional() });
    const get = route(
      { ...about, method: 'get', path: '/api/things/{id}', params, query, responses: { 200: z.unknown() } },
      ({ params: { id: given } }) => ({ given }),
    );
    const { call } = await serve({ routes: [get] });
    const uuid = '0199aa00-0000-7000-8000-00000000000A';
    expect(await call('GET', `/api/things/${uuid}`)).toMatchObject({
      status: 200,
      json: { given: uuid.toLowerCase() },
    });
    const answer = await call('GET', '/api/things/%00?q=a%00&colour=1');
    expect(answer.status).toBe(422);
    expect(answer.json.errors?.map((problem) => problem.path)).toEqual(['id', 'q']);
    expect(await call('GET', `/api/things/${uuid}?colour=1`)).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'colour' }] },
    });
    expect(await call('GET', '/api/things/%zz')).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'id' }] },
    });
  });

  test.each(['{', '{"title": "a"', "{'title': 'a'}", '"\xff'])('that is no JSON is 400: %s', async (body) => {
    const { call } = await serve({ routes: [echo] });
    expect(await call('POST', '/api/things', body)).toMatchObject({
      status: 400,
      json: { code: 'request.bad_json' },
    });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    '',
    'application/json; charset=latin1',
    'application/json; charset=utf-8; charset=latin1',
    'application/json; charset',
    'application/jsonp',
    'application/problem+json',
  ])('of content type %j is 415', async (type) => {
    const { call } = await serve({ routes: [echo] });
    const answer = await call('POST', '/api/things', '{"title":"a"}', { 'content-type': type });
    expect(answer).toMatchObject({ status: 415, json: { code: 'request.unsupported_media' } });
  });

  test.each([
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json; profile="https://example.com/p"; charset=utf-8',
    'application/json;',
  ])('of content type %s is read', async (type) => {
    const { call } = await serve({ routes: [echo] });
    expect((await call('POST', '/api/things', '{"title":"a"}', { 'content-type': type })).status).toBe(201);
  });
});

describe('a path', () => {
  const named = route(
    {
      ...about,
      method: 'get',
      path: '/api/things/{id}',
      params: z.object({ id: z.string() }),
      responses: { 200: z.unknown() },
    },
    ({ params }) => params,
  );
  const fixed = route(
    { ...about, method: 'get', path: '/api/things/all', responses: { 200: z.unknown() } },
    () => ({
      all: true,
    }),
  );

  test('of fixed words goes before one with parameters, whatever their order', async () => {
    const { call } = await serve({ routes: [named, fixed] });
    expect((await call('GET', '/api/things/all')).json).toEqual({ all: true });
    expect((await call('GET', '/api/things/a%2Fb')).json).toEqual({ id: 'a/b' });
  });

  test('that is none is 404', async () => {
    const { call } = await serve({ routes: [named] });
    for (const path of ['/', '/api/thing', '/api/things/1/2', '/api/things/1/']) {
      expect(await call('GET', path)).toMatchObject({ status: 404, json: { code: 'http.not_found' } });
    }
  });

  test('asked with another verb is 405 and says which', async () => {
    const { call } = await serve({ routes: [named, fixed, echo] });
    const answer = await call('PUT', '/api/things/1', {});
    expect(answer).toMatchObject({ status: 405, json: { code: 'http.method_not_allowed' } });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect((await call('OPTIONS', '/api/things')).headers.get('allow')).toBe('POST');
  });

  test('can be raw: nobody is asked, and it is logged quietly', async () => {
    const metrics = {
      method: 'get' as const,
      path: '/metrics',
      quiet: true,
      handle: () => new Response('up 1\n'),
    };
    const { call, log } = await serve({ raw: [metrics], ready: () => false });
    expect(await call('GET', '/metrics')).toMatchObject({ status: 200, text: 'up 1\n' });
    expect(log.at(-1)).toMatchObject({ level: 'debug', path: '/metrics' });
  });
});

describe('an error', () => {
  test('of our own is answered in its words', async () => {
    const { call, log } = await serve({
      routes: [
        failing(new AppError({ code: 'things.not_found', kind: 'not_found', message: 'no such thing' })),
      ],
    });
    const answer = await call('GET', '/api/failing');
    expect(answer.json).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'things.not_found',
      detail: 'no such thing',
      request_id: answer.headers.get('x-request-id'),
    });
    expect(log).toMatchObject([{ msg: 'request', code: 'things.not_found' }]);
  });

  test('that nobody expected is 500 without a word of it, and logged whole', async () => {
    const { call, log } = await serve({ routes: [failing(new TypeError('hush'))] });
    const answer = await call('GET', '/api/failing');
    expect(answer).toMatchObject({ status: 500, json: { code: 'internal' } });
    expect(answer.text).not.toContain('hush');
    expect(log[0]).toMatchObject({
      level: 'error',
      request_id: answer.json.request_id,
      err: { message: 'hush', stack: expect.stringContaining('app.test.ts') as string },
    });
  });

  test('that is no Error at all is 500 too', async () => {
    const { call } = await serve({ routes: [failing('hush')] });
    const answer = await call('GET', '/api/failing');
    expect(answer).toMatchObject({ status: 500, json: { code: 'internal' } });
  });

  test('that passes says when to come back', async () => {
    const error = new RetryLater({
      code: 'rate.limited',
      kind: 'rate_limited',
      message: 'slower',
      retry_after_s: 2.1,
    });
    const { call } = await serve({ routes: [failing(error)] });
    const answer = await call('GET', '/api/failing');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('3');
  });
});

test('what surrounds handlers can answer in their place', async () => {
  const { call } = await serve({
    routes: [echo],
    around: async ({ route: { path }, caller, body }, run) =>
      JSON.stringify(body).includes('again') ? new Answer(201, { path, caller }) : await run(),
  });
  expect((await call('POST', '/api/things', { title: 'once' })).json).toEqual({ title: 'once' });
  expect((await call('POST', '/api/things', { title: 'again' })).json).toMatchObject({
    path: '/api/things',
    caller: { user_id: 'user-1' },
  });
});
