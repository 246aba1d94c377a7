import { afterAll, beforeAll, expect, test } from 'vitest';

import { userScopes } from '#features/auth/index.ts';
import { createClient, type Client } from '#test/client.ts';
import { expectProblem, NOBODYS_ID, request, validBodies } from '#test/http-requests.ts';
import { matches, operationsOf, parametersOf, readOpenApi, type Operation } from '#test/open-api.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { mainThreadOf } from '#test/records.ts';

const MIB = 1024 * 1024;

let famulus: Program;
let ann: Client;
let annsToken: string;
let operations: Operation[];
/** Ann's ids by the collection they are in. */
let anns: Record<string, string>;

beforeAll(async () => {
  famulus = await startProgram();
  // Whatever an operation asks for, so that what is said is about the input.
  const user = await createUserAndToken(famulus, { admin: true, scopes: [...userScopes, 'system:admin'] });
  annsToken = user.token;
  ann = createClient(famulus, user);
  operations = operationsOf(await readOpenApi(famulus));
  const make = async (operation: string, path: string) =>
    (await ann.post<{ id: string }>(path, validBodies[operation]!(''))).body.id;
  anns = {
    assistants: await make('post_assistants', '/api/assistants'),
    tools: await make('post_tools', '/api/tools'),
    threads: await mainThreadOf(ann),
    reminders: await make('post_reminders', '/api/reminders'),
    mcp: await make('post_mcp_servers', '/api/mcp/servers'),
  };
});
afterAll(async () => {
  await famulus.remove();
});

async function raw(
  method: string,
  path: string,
  options: Omit<Parameters<typeof request>[1], 'method'> = {},
) {
  return await request(famulus.url + path, { method, token: annsToken, ...options });
}

const concrete = (path: string) => path.replaceAll(/\{\w+\}/g, NOBODYS_ID);
const nameOf = ({ method, path }: Operation) => `${method} ${path}`;
/** One that is right, or right as far as it goes: what is missing is said beside what is unknown. */
const bodyOf = ({ operationId }: Operation) => validBodies[operationId]?.(NOBODYS_ID) ?? {};
const taking = (place: 'body' | 'cursor') =>
  operations.filter((operation) =>
    place === 'body'
      ? operation.requestBody?.content['application/json']
      : parametersOf(operation, 'query').includes('cursor'),
  );

test('a verb that a path does not have is 405 and names those it has; an unknown path is 404', async () => {
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const asked = concrete(path);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const here = operations.filter((operation) => matches(operation.path, asked));
      if (here.some((operation) => operation.method === method)) continue;
      const answer = await raw(method, asked);
      expectProblem(answer, 405, `${method} ${path}`);
      const allowed = answer.headers.get('allow')!.split(', ');
      expect(allowed).toEqual(expect.arrayContaining(here.map((operation) => operation.method)));
    }
  }
  for (const path of ['/api/nothing', '/api/reminders/', '/nothing', '/api', '/api/me/nothing']) {
    expectProblem(await raw('GET', path), 404, path);
  }
});

test('a body of another type is 415, one that is no JSON 400, one with an unknown field 422', async () => {
  expect(taking('body').map(({ operationId }) => operationId)).toEqual(
    expect.arrayContaining(Object.keys(validBodies)),
  );
  for (const operation of taking('body')) {
    const path = concrete(operation.path);
    const about = nameOf(operation);
    // What talks to OpenAI's API knows no 422.
    const invalid = path.startsWith('/v1/') ? 400 : 422;
    const body = JSON.stringify(bodyOf(operation));
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      expectProblem(
        await raw(operation.method, path, { body, contentType }),
        415,
        `${about} as ${contentType}`,
      );
    }
    for (const bad of ['{', 'nonsense', '{"a":1,}', '\uFEFF']) {
      expectProblem(await raw(operation.method, path, { body: bad }), 400, `${about} with ${bad}`);
    }
    for (const other of ['[]', '"text"', 'null', '7']) {
      expectProblem(await raw(operation.method, path, { body: other }), invalid, `${about} with ${other}`);
    }
    const whole = bodyOf(operation);
    // A list of things has no field beside them; clients of OpenAI's API send fields nobody knows.
    if (Array.isArray(whole) || path.startsWith('/v1/')) continue;
    const extended = JSON.stringify({ ...whole, no_such_field: 1 });
    const answer = await raw(operation.method, path, { body: extended });
    expectProblem(answer, invalid, about);
    expect(JSON.stringify(answer.problem!.errors), about).toContain('no_such_field');
  }
});

test('a body of 5 MiB is 413, and the answer can be read, however it is sent', async () => {
  const big = JSON.stringify({ ...validBodies['post_reminders']!(''), text: 'x'.repeat(5 * MIB) });
  expectProblem(await raw('POST', '/api/reminders', { body: big }), 413, 'with its length');
  const inChunks = ReadableStream.from(
    (function* chunks() {
      for (let at = 0; at < big.length; at += 64 * 1024) yield Buffer.from(big.slice(at, at + 64 * 1024));
    })(),
  );
  expectProblem(await raw('POST', '/api/reminders', { body: inChunks }), 413, 'in chunks');
  const fits = JSON.stringify({ ...validBodies['post_memories']!(''), value: 'x'.repeat(MIB - 100) });
  expectProblem(
    await raw('POST', '/api/memories', { body: fits }),
    422,
    'one that fits but is against the contract',
  );
});

test('a NUL or half a character is 422 wherever it stands', async () => {
  const nul = String.fromCharCode(0);
  for (const bad of [`a${nul}b`, '\u{D800}', 'a\u{DC00}b']) {
    const wrong: [string, string, object][] = [
      ['POST', '/api/reminders', { ...validBodies['post_reminders']!(''), text: bad }],
      ['POST', '/api/reminders', { ...validBodies['post_reminders']!(''), title: bad }],
      [
        'POST',
        '/api/reminders',
        { type: 'recurring', cron_expression: '0 9 * * *', payload: { text: 'x', deep: [{ [bad]: 1 }] } },
      ],
      ['POST', '/api/reminders', { ...validBodies['post_reminders']!(''), timezone: bad }],
      ['POST', '/api/schedules/preview', { cron_expression: bad }],
      ['POST', '/api/schedules/preview', { text: bad }],
      ['POST', '/api/memories', { key: bad, value: 'x' }],
      ['POST', `/api/threads/${anns['threads']}/messages`, { text: bad }],
      ['POST', `/api/threads/${anns['threads']}/messages`, { text: 'hello', client_message_id: bad }],
      ['PATCH', `/api/threads/${anns['threads']}`, { title: bad }],
      ['POST', '/api/assistants', { name: 'A', instructions: bad }],
      ['PATCH', `/api/tools/${anns['tools']}`, { config: { deep: { a: bad } } }],
      ['POST', '/api/notifications', { title: 'x', message: bad }],
    ];
    for (const [method, path, body] of wrong) {
      expectProblem(
        await raw(method, path, { body: JSON.stringify(body) }),
        422,
        `${method} ${path} ${JSON.stringify(body)}`,
      );
    }
  }
  expectProblem(await raw('GET', '/api/memories?q=%00'), 422, 'in a query');
  for (const id of ['%00', '%ED%A0%80', 'nonsense', '1']) {
    expect([400, 404, 422], id).toContain((await raw('GET', `/api/reminders/${id}`)).status);
  }
});

test('a limit out of bounds and a cursor that is none are 422 on every list', async () => {
  expect(taking('cursor').length).toBeGreaterThan(8);
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const bad = [
    ...['0', '201', '-1', 'x', '1.5', ''].map((limit) => `limit=${limit}`),
    ...['x', '%00', json([]), json(['x']), json([null]), json({}), json(['1970', 'x', 1])].map(
      (cursor) => `cursor=${cursor}`,
    ),
    'limit=1&limit=x&no_such=1',
  ];
  for (const { path } of taking('cursor')) {
    const asked = path.replace('{id}', anns[path.split('/')[2]!] ?? NOBODYS_ID);
    for (const query of bad) expectProblem(await raw('GET', `${asked}?${query}`), 422, `${path}?${query}`);
    const wanted = asked.includes(NOBODYS_ID) ? 404 : 200;
    for (const limit of [1, 200])
      expect((await raw('GET', `${asked}?limit=${limit}`)).status, path).toBe(wanted);
  }
});

test('an event stream refuses a cursor that is no number', async () => {
  for (const id of ['x', '-1', '1e3', '99999999999999999999']) {
    const { status } = await ann.get('/api/events', { 'last-event-id': id });
    expect(status, id).toBe(422);
  }
});
test('a list read one by one has everything once, newest first', async () => {
  const keys = ['one', 'two', 'three', 'four', 'five'];
  for (const key of keys) expect((await ann.post('/api/memories', { key, value: key })).status).toBe(201);
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const path: string = `/api/memories?limit=1${next === '' ? '' : `&cursor=${next}`}`;
    const { body } = await ann.get<{ items: { key: string }[]; next_cursor: string | null }>(path);
    seen.push(...body.items.map(({ key }) => key));
    next = body.next_cursor;
  }
  expect(seen).toEqual(keys.toReversed());
});

test('nothing of all this was an error of ours', () => {
  expect(famulus.output().stderr).not.toMatch(/"level":"(error|fatal)"/);
});
