import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { NOBODYS_ID } from '#test/http-requests.ts';
import { operationsOf, readOpenApi } from '#test/open-api.ts';
import {
  createUserAndToken,
  removeDataDir,
  startProgram,
  temporaryDataDir,
  type Program,
} from '#test/program.ts';

type Sent = Record<string, string>;

/** As it is by default. */
let plain: Program;
let dataDir: string;
/** Behind a proxy on this machine, with another site's app, for users in no hurry. */
let proxied: Program;
let token: string;
let client: Client;
let proxiedToken: string;

const env = {
  PUBLIC_URL: 'https://famulus.example',
  TRUSTED_PROXIES: '127.0.0.1, ::1',
  CORS_ORIGINS: 'https://app.example',
  RATE_LIMIT_API: '0.5/20',
};

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  [plain, proxied] = await Promise.all([startProgram({ dataDir }), startProgram({ env })]);
  const user = await createUserAndToken(plain);
  token = user.token;
  client = createClient(plain, user);
  proxiedToken = (await createUserAndToken(proxied)).token;
});
afterAll(async () => {
  await Promise.all([plain.remove(), proxied.remove()]);
  await removeDataDir(dataDir);
});

async function ask(program: Program, method: string, path: string, headers: Sent = {}, body?: unknown) {
  const response = await fetch(program.url + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { code } = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string };
  return { status: response.status, headers: response.headers, text, code };
}

/** The headers of one answer and not of every other. */
const own =
  /^(allow|connection|content-(disposition|length|type)|date|keep-alive|retry-after|set-cookie|transfer-encoding|www-authenticate|x-request-id)$/;

function guardsOf(headers: Headers): Sent {
  return Object.fromEntries([...headers].filter(([name]) => !own.test(name)));
}

const guards = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

test('every operation answers with the headers that guard it, refused or not', async () => {
  const operations = operationsOf(await readOpenApi(plain));
  expect(operations.length).toBeGreaterThan(40);
  for (const { method, path, scope } of operations) {
    const asked = path.replaceAll(/\{\w+\}/g, NOBODYS_ID);
    const refused = await ask(plain, method, `${asked}?no_such=1`);
    expect(refused.status, path).toBeGreaterThanOrEqual(400);
    expect(guardsOf(refused.headers), `${method} ${path}`).toEqual(guards);
    if (method !== 'GET' || path === '/api/events' || path === '/api/ws' || scope?.startsWith('system'))
      continue;
    const answered = await ask(plain, method, asked, { authorization: `Bearer ${token}` });
    expect(guardsOf(answered.headers), `${method} ${path}`).toEqual(guards);
  }
});

test('a parameter that an operation does not know, or has twice, is 422', async () => {
  for (const { method, path, scope, parameters = [] } of operationsOf(await readOpenApi(plain))) {
    if (method !== 'GET' || scope === undefined || scope.startsWith('system')) continue;
    const asked = path.replaceAll(/\{\w+\}/g, NOBODYS_ID);
    const known = parameters.find((parameter) => parameter.in === 'query');
    for (const query of ['no_such=1', '__proto__=1', ...(known ? [`${known.name}=1&${known.name}=1`] : [])]) {
      const answer = await ask(plain, method, `${asked}?${query}`, { authorization: `Bearer ${token}` });
      // What talks to OpenAI's API knows no 422.
      const wanted = path.startsWith('/v1/') ? 400 : 422;
      expect([answer.status, answer.code], `${path}?${query}`).toEqual([wanted, 'request.invalid']);
    }
  }
});

test('what is not there is guarded too, and with https as public address it stays https', async () => {
  expect(guardsOf((await ask(plain, 'GET', '/api/nothing')).headers)).toEqual(guards);
  const { headers } = await ask(proxied, 'GET', '/api/nothing');
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
});

test('the reference page has its own scripts and styles only, and its files are those and no others', async () => {
  const { status, headers, text } = await ask(plain, 'GET', '/api/docs');
  expect(status).toBe(200);
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self'; style-src 'self';");
  expect(policy).not.toContain('unsafe');
  expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|https?:/i);
  const files = [...text.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const answer = await ask(plain, 'GET', `/api/${file}`);
    expect(answer.status, file).toBe(200);
    expect(answer.headers.get('content-type'), file).toMatch(
      /^(text\/(css|javascript); charset=utf-8|image\/png)$/,
    );
    expect(answer.headers.get('cache-control'), file).toContain('max-age');
  }
  for (const file of [
    'index.html',
    'swagger-ui.js',
    '..%2f..%2fpackage.json',
    'toString',
    'x/swagger-ui.css',
  ])
    expect((await ask(plain, 'GET', `/api/docs/${file}`)).status, file).toBe(404);
  expect((await ask(plain, 'HEAD', '/api/docs')).status).toBe(200);
  expect((await ask(plain, 'POST', '/api/docs')).status).toBe(405);
});

describe('a page of another site', () => {
  const signIn = { email: 'ann@example.test', password: 'wrong' };
  const paths = ['/api/auth/token', '/api/auth/sign-in/email'];

  test.each(paths)('cannot sign anybody in at %s', async (path) => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' },
    ] satisfies Sent[]) {
      const answer = await ask(plain, 'POST', path, headers, signIn);
      expect([answer.status, answer.code], JSON.stringify(headers)).toEqual([403, 'csrf.origin']);
    }
    for (const headers of [{}, { origin: plain.url }, { 'sec-fetch-site': 'same-origin', origin: plain.url }])
      expect((await ask(plain, 'POST', path, headers, signIn)).status, JSON.stringify(headers)).toBe(401);
  });

  test('cannot act for whoever is signed in', async () => {
    const headers = { cookie: 'famulus.session_token=x', origin: 'https://evil.example' };
    for (const method of ['POST', 'PATCH', 'DELETE', 'PUT'])
      expect((await ask(plain, method, '/api/me', headers)).code, method).toBe('csrf.origin');
  });

  test('may not ask for more than it may', async () => {
    const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    for (const program of [plain, proxied]) {
      const answer = await ask(program, 'OPTIONS', '/api/reminders', preflight);
      expect([answer.status, answer.code]).toEqual([403, 'cors.origin']);
      const read = await ask(program, 'GET', '/api/nothing', { origin: 'https://evil.example' });
      for (const { headers } of [answer, read])
        expect(headers.has('access-control-allow-origin')).toBe(false);
    }
  });
});

describe('a listed origin', () => {
  const origin = 'https://app.example';

  test('may ask first', async () => {
    const preflight = { origin, 'access-control-request-method': 'POST' };
    const { status, headers } = await ask(proxied, 'OPTIONS', '/api/reminders', preflight);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('vary')).toBe('Origin');
    expect(headers.get('access-control-allow-methods')).toContain('POST');
    for (const header of ['authorization', 'content-type', 'idempotency-key', 'last-event-id'])
      expect(headers.get('access-control-allow-headers')).toContain(header);
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  test('reads answers and refusals, with a token but no cookie', async () => {
    const { headers } = await ask(proxied, 'GET', '/api/me', { origin });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toContain('retry-after');
    const withCookie = { origin, cookie: 'famulus.session_token=x' };
    expect((await ask(proxied, 'POST', '/api/reminders', withCookie, {})).code).toBe('csrf.origin');
    expect((await ask(proxied, 'POST', '/api/reminders', { origin }, {})).status).toBe(401);
  });
});

describe('ten sign-ins a minute', () => {
  const attempt = async (program: Program, n: number, headers: Sent = {}) =>
    await ask(program, 'POST', '/api/auth/token', headers, {
      email: `nobody-${n}@example.test`,
      password: 'wrong password',
    });

  test('by address, whatever a client writes into headers', async () => {
    const answers = [];
    for (let n = 0; n < 14; n++) {
      const forged = `198.51.100.${n}`;
      const headers = { 'x-forwarded-for': forged, 'x-real-ip': forged, forwarded: `for=${forged}` };
      answers.push(await attempt(plain, n, headers));
    }
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
    const last = answers.at(-1)!;
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('by the address a trusted proxy names, not by what stands before it', async () => {
    const from = async (n: number, address: string) =>
      (await attempt(proxied, n, { 'x-forwarded-for': `203.0.113.${n}, ${address}` })).status;
    const first = await Promise.all(
      Array.from({ length: 14 }, async (_, n) => await from(n, '198.51.100.1')),
    );
    expect(first.filter((status) => status === 401)).toHaveLength(10);
    expect(await from(99, '198.51.100.2')).toBe(401);
  });
});

test('the rate of a user is theirs, and says when to come back', async () => {
  const headers = { authorization: `Bearer ${proxiedToken}` };
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => await ask(proxied, 'GET', '/api/me', headers)),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(15);
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(15);
  expect(refused[0]).toMatchObject({ code: 'rate.exceeded' });
  expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = await createUserAndToken(proxied, { email: 'bob@example.test', name: 'Bob' });
  expect((await ask(proxied, 'GET', '/api/me', { authorization: `Bearer ${other.token}` })).status).toBe(200);
});

describe('an Idempotency-Key', () => {
  const post = async (path: string, key: string, body: object) =>
    await ask(plain, 'POST', path, { authorization: `Bearer ${token}`, 'idempotency-key': key }, body);

  test('makes a reminder once, however often it is sent', async () => {
    const body = { type: 'recurring', text: 'water', cron_expression: '0 9 * * *' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => await post('/api/reminders', 'once', body)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const first = answers.filter(({ headers }) => headers.get('idempotency-replayed') === null);
    expect(first).toHaveLength(1);
    const other = await post('/api/reminders', 'once', { ...body, text: 'wine' });
    expect([other.status, other.code]).toEqual([422, 'idempotency.mismatch']);
    const { body: list } = await client.get<{ items: { payload: { text: string } }[] }>('/api/reminders');
    expect(list.items.filter(({ payload }) => ['water', 'wine'].includes(payload.text))).toHaveLength(1);
  });

  test('is honoured by a start that comes later', async () => {
    const body = { key: 'later', value: 'x' };
    const first = await post('/api/memories', 'restart', body);
    await plain.kill9();
    plain = await startProgram({ dataDir });
    const again = await post('/api/memories', 'restart', body);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });
});
