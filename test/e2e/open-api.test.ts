import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import {
  answerSchema,
  operationsOf,
  parametersOf,
  readOpenApi,
  scopesOf,
  type OpenApi,
  type Operation,
} from '#test/open-api.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { ask, firedNotification, mainThreadOf, remind, type ReminderRecord } from '#test/records.ts';

let famulus: Program;
let client: Client;
let thread: string;
let document: OpenApi;
let operations: Operation[];

beforeAll(async () => {
  famulus = await startProgram();
  document = await readOpenApi(famulus);
  operations = operationsOf(document);
  const everything = { admin: true, scopes: scopesOf(operations) };
  client = createClient(famulus, await createUserAndToken(famulus, everything));
  thread = await mainThreadOf(client);
});
afterAll(async () => {
  await famulus.remove();
});

test('the document is OpenAPI 3.1, its references lead somewhere and its names are unique', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/);
  expect(document.info).toMatchObject({ title: 'Famulus', version: expect.any(String) as string });
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, name]) => name!);
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    const found = reference
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);
    expect(found, reference).toBeDefined();
  }
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every parameter of a path is declared, and every operation says what it answers', () => {
  expect(operations.length).toBeGreaterThan(30);
  for (const operation of operations) {
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parametersOf(operation, 'path'), operation.operationId).toEqual(inPath);
    expect(operation.summary, operation.operationId).not.toBe('');
    const statuses = Object.keys(operation.responses);
    expect(
      statuses.some((status) => /^[12]/.test(status)),
      operation.operationId,
    ).toBe(true);
    expect(statuses.includes('401') || operation.scope === undefined, operation.operationId).toBe(true);
  }
});

test('every list and every read answers what is documented', async () => {
  // Something of every kind, with as many fields filled as there are.
  const { reply } = await ask(client, thread, 'remember that my bike is blue');
  const reminder = await remind(client, 'stretch', 100);
  const rule = { type: 'recurring', text: 'tea', cron_expression: '30 16 * * *', title: 'Tea' };
  await client.post<ReminderRecord>('/api/reminders', rule);
  await firedNotification(client, reminder);
  const assistants = await client.get<{ items: { id: string }[] }>('/api/assistants');
  const tools = await client.get<{ items: { id: string }[] }>('/api/tools');
  const memories = await client.get<{ items: { id: string }[] }>('/api/memories');
  const first = (page: { body: { items: { id: string }[] } }) => page.body.items[0]!.id;
  const ids: Record<string, string> = {
    assistants: first(assistants),
    tools: first(tools),
    threads: thread,
    reminders: reminder.id,
    memories: first(memories),
  };
  expect(reply.status).toBe('complete');
  const uploaded = await client.post<{ id: string }>('/api/attachments', 'a file');
  ids['attachments'] = uploaded.body.id;

  await client.post('/api/invitations', { email: 'guest@example.test' });
  ids['users'] = (await client.get<{ id: string }>('/api/me')).body.id;
  // Those of the auth library are for browsers.
  const reads = operations.filter(
    ({ method, path, responses }) =>
      method === 'GET' &&
      responses[200]?.content?.['application/json'] !== undefined &&
      !path.startsWith('/api/auth/'),
  );
  expect(reads.length).toBeGreaterThan(15);
  const filled: string[] = [];
  for (const operation of reads) {
    const collection = operation.path.split('/')[2]!;
    // Some come only with what a test of their own plays.
    if (/\{(?!id\})/.test(operation.path)) continue;
    if (operation.path.includes('{id}') && ids[collection] === undefined) continue;
    const { status, body } = await client.get(operation.path.replace('{id}', ids[collection] ?? ''));
    expect(status, operation.path).toBe(200);
    const { error } = answerSchema(document, operation, 200).safeParse(body);
    expect(error?.issues, operation.path).toBeUndefined();
    const { items = [] } = body as { items?: unknown[] };
    if (items.length > 0) filled.push(operation.path);
  }
  // An empty list proves little.
  expect(filled.length).toBeGreaterThan(8);
});
