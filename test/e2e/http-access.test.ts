import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import {
  expectProblem,
  NOBODYS_ID,
  request,
  validBodies,
  expectLetThrough,
  type Problem,
} from '#test/http-requests.ts';
import { operationsOf, readOpenApi, type Operation } from '#test/open-api.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { mainThreadOf, readAll, remind } from '#test/records.ts';

let famulus: Program;
let ann: Client;
let annsToken: string;
let bob: Client;
let bobsToken: string;
let operations: Operation[];
/** Ann's ids by the collection they are in. */
let anns: Record<string, string>;
let secretaryOfAnn: string;
let secretaryOfBob: string;

beforeAll(async () => {
  famulus = await startProgram();
  const annUser = await createUserAndToken(famulus);
  const bobUser = await createUserAndToken(famulus, { email: 'bob@example.test', name: 'Bob' });
  annsToken = annUser.token;
  bobsToken = bobUser.token;
  ann = createClient(famulus, annUser);
  bob = createClient(famulus, bobUser);
  operations = operationsOf(await readOpenApi(ann));
  secretaryOfAnn = await secretaryOf(ann);
  secretaryOfBob = await secretaryOf(bob);
  const make = async (operation: string, path: string) =>
    (await ann.post<{ id: string }>(path, validBodies[operation]!(secretaryOfAnn))).body.id;
  anns = {
    assistants: await make('post_assistants', '/api/assistants'),
    tools: await make('post_tools', '/api/tools'),
    threads: await mainThreadOf(ann),
    reminders: (await remind(ann, 'mine', 86_400_000)).id,
    memories: await make('post_memories', '/api/memories'),
    notifications: await make('post_notifications', '/api/notifications'),
  };
});
afterAll(async () => {
  await famulus.remove();
});

async function secretaryOf(client: Client): Promise<string> {
  const assistants = await readAll<{ id: string; is_secretary: boolean }>(client, '/api/assistants');
  return assistants.find(({ is_secretary }) => is_secretary)!.id;
}

async function raw(
  method: string,
  path: string,
  options: Omit<Parameters<typeof request>[1], 'method'> = {},
) {
  return await request(famulus.url + path, { method, token: annsToken, ...options });
}

const concrete = (path: string) => path.replaceAll(/\{\w+\}/g, NOBODYS_ID);
const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

test('no operation answers without a token, or with one that is none', async () => {
  for (const operation of operations) {
    const url = famulus.url + concrete(operation.path);
    expectProblem(await request(url, { method: operation.method }), 401, nameOf(operation));
    for (const token of ['fam_nobodys', `${annsToken}x`, 'a b']) {
      const answer = await request(url, { method: operation.method, token });
      expectProblem(answer, 401, `${nameOf(operation)} with "${token}"`);
    }
  }
});

test('a token opens what its scope names, and nothing else', async () => {
  const scopes = [...new Set(operations.map(({ scope }) => scope!))].filter((scope) => scope !== 'any');
  expect(scopes.length).toBeGreaterThan(5);
  for (const scope of [...scopes, 'tasks:read']) {
    const made = await famulus.run([
      'token',
      'create',
      '--user',
      'bob@example.test',
      '--name',
      scope,
      '--scopes',
      scope,
    ]);
    const token = made.stdout.trimEnd().split('\n').at(-1)!;
    for (const operation of operations) {
      const answer = await raw(operation.method, concrete(operation.path), { token });
      const about = `${nameOf(operation)} with ${scope}`;
      if (operation.scope === scope || operation.scope === 'any') expectLetThrough(answer, about);
      else expectProblem(answer, 403, about);
    }
  }
});

test("another user's things are not there, by any operation, and stay as they are", async () => {
  const withId = operations.filter(({ path }) => path.includes('{id}'));
  expect(withId.length).toBeGreaterThan(15);
  const seenByAnn = async () =>
    await Promise.all(
      Object.entries(anns)
        .filter(([collection]) => collection !== 'notifications')
        .map(async ([collection, id]) => (await ann.get(`/api/${collection}/${id}`)).body),
    );
  const before = await seenByAnn();
  for (const { method, path, ...operation } of withId) {
    const id = anns[path.split('/')[2]!];
    expect(id, `an id for ${path}`).toBeDefined();
    const concretePath = path.replace('{id}', id!).replace('{tool_id}', anns['tools']!);
    const body = operation.requestBody && JSON.stringify(validBodies[operation.operationId]!(secretaryOfBob));
    const answer = await raw(method, concretePath, {
      token: bobsToken,
      ...(body !== undefined && { body }),
    });
    expectProblem(answer, 404, `${method} ${path}`);
  }
  expect(await seenByAnn()).toEqual(before);
});

test("another user's id in a body or beside one's own is refused", async () => {
  const otherAssistant = anns['assistants']!;
  const wrong: [string, object, string][] = [
    [
      '/api/reminders',
      { ...validBodies['post_reminders']!(''), assistant_id: otherAssistant },
      'assistant_id',
    ],
    ['/api/threads', { assistant_id: otherAssistant }, 'assistant_id'],
    [
      '/api/tools',
      { name: 'ask', description: 'Asks', tool_type: 'sub_assistant', assistant_id: otherAssistant },
      'assistant_id',
    ],
  ];
  for (const [path, body, field] of wrong) {
    const answer = await bob.post<Problem>(path, body);
    expect(answer.status, path).toBe(422);
    expect(answer.body.errors, path).toEqual([expect.objectContaining({ path: field })]);
  }
  const link = `/api/assistants/${secretaryOfBob}/tools/${anns['tools']}`;
  expect((await bob.put(link, {})).status).toBe(404);
  expect((await bob.delete(link)).status).toBe(404);
  const filtered = await bob.get<{ items: unknown[] }>(`/api/threads?assistant_id=${otherAssistant}`);
  expect(filtered.body.items).toEqual([]);
});
test('nothing of all this was an error of ours', () => {
  expect(famulus.output().stderr).not.toMatch(/"level":"(error|fatal)"/);
});
