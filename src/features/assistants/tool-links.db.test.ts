import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import type { ToolExecutor } from '#features/tools/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { assistantsFeature } from './feature.ts';
import { assistantWithTools, defaultSecretary, ensureBuiltInTools } from './index.ts';

const files = testDatabase();

function executor(tool_type: ToolExecutor['tool_type']): ToolExecutor {
  return {
    kind: 'database',
    tool_type,
    description: 'For a test.',
    input: z.strictObject({}),
    execute: async () => await Promise.resolve(null),
  };
}

async function ensure(...types: ToolExecutor['tool_type'][]): Promise<void> {
  await files.database.asSystem(async (tx) => await ensureBuiltInTools(tx, types.map(executor)));
}

function feature() {
  return assistantsFeature(featureContext(files), { knowsModel: () => true });
}

async function newUser() {
  const user = await createUser(files.database.system);
  await files.database.asSystem(async (tx) => await feature().onUserCreated?.(tx, user));
  return user;
}

async function newTool(userId: string, type: ToolExecutor['tool_type'], assistantId: string | null = null) {
  const id = newId();
  await files.owner.query(
    `insert into tools (id, user_id, name, tool_type, description, assistant_id) values ($1, $2, $3, $4, 'Own', $5)`,
    [id, userId, `tool-${id}`, type, assistantId],
  );
  return id;
}

async function toolsOf(userId: string, assistantId: string) {
  return await files.database.asUser(
    userId,
    async (tx) => (await assistantWithTools(tx.db, assistantId))?.tools ?? [],
  );
}

async function people() {
  const [ada, bob] = [await newUser(), await newUser()];
  const secretary = await files.database.asUser(ada.id, async (tx) => await defaultSecretary(tx, ada.id));
  const as = await serveAs(feature());
  return { ada, bob, secretary, asAda: as(ada.id), asBob: as(bob.id) };
}

beforeAll(async () => await ensure('time', 'memory'));

describe('a new user', () => {
  test('has a secretary with all built-in tools there are', async () => {
    const { ada, secretary } = await people();
    expect(secretary).toMatchObject({ name: 'Secretary', is_secretary: true, model: null });
    const tools = await toolsOf(ada.id, secretary.id);
    expect(tools.map(({ name, approval }) => ({ name, approval }))).toEqual(
      expect.arrayContaining([
        { name: 'time', approval: 'auto' },
        { name: 'memory', approval: 'auto' },
      ]),
    );
  });

  test('gets the built-in tools that come later, but none back that was taken away', async () => {
    const { ada, secretary, asAda } = await people();
    const time = (await toolsOf(ada.id, secretary.id)).find(({ name }) => name === 'time')!;
    await asAda('DELETE', `/api/assistants/${secretary.id}/tools/${time.id}`);
    await Promise.all([ensure('time', 'memory', 'weather'), ensure('time', 'memory', 'weather')]);
    await ensure('time', 'memory', 'weather');
    const names = (await toolsOf(ada.id, secretary.id)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['memory', 'weather']));
    expect(names).not.toContain('time');
  });
});

describe('a tool link', () => {
  test('is put, read, replaced and deleted', async () => {
    const { ada, secretary, asAda } = await people();
    const tool = await newTool(ada.id, 'http');
    const path = `/api/assistants/${secretary.id}/tools/${tool}`;
    const put = await asAda('PUT', path, { approval: 'ask' });
    const link = {
      tool_id: tool,
      tool_type: 'http',
      approval: 'ask',
      effective_approval: 'ask',
      is_active: true,
    };
    expect(put).toMatchObject({ status: 200, json: link });
    const { json } = await asAda('GET', `/api/assistants/${secretary.id}/tools`);
    expect(json.items[0]).toEqual(put.json);
    expect((await toolsOf(ada.id, secretary.id)).find(({ id }) => id === tool)).toMatchObject({
      approval: 'ask',
    });
    const replaced = await asAda('PUT', path, { is_active: false });
    expect(replaced.json).toMatchObject({
      id: put.json.id,
      approval: null,
      effective_approval: 'auto',
      is_active: false,
    });
    expect((await toolsOf(ada.id, secretary.id)).map(({ id }) => id)).not.toContain(tool);
    expect(await asAda('DELETE', path)).toMatchObject({ status: 204 });
    expect(await asAda('DELETE', path)).toMatchObject({
      status: 404,
      json: { code: 'assistants.tool_not_linked' },
    });
  });

  test('of someone else, or to their tool, is not there', async () => {
    const { ada, bob, secretary, asAda, asBob } = await people();
    const [own, theirs] = [await newTool(ada.id, 'http'), await newTool(bob.id, 'http')];
    expect(await asBob('PUT', `/api/assistants/${secretary.id}/tools/${theirs}`, {})).toMatchObject({
      status: 404,
    });
    expect(await asBob('DELETE', `/api/assistants/${secretary.id}/tools/${own}`)).toMatchObject({
      status: 404,
    });
    expect(await asAda('PUT', `/api/assistants/${secretary.id}/tools/${theirs}`, {})).toMatchObject({
      status: 404,
      json: { code: 'tools.not_found' },
    });
  });

  test('names the field that is wrong', async () => {
    const { ada, bob, secretary, asAda } = await people();
    const path = `/api/assistants/${secretary.id}/tools/${await newTool(ada.id, 'sub_assistant', secretary.id)}`;
    const theirs = await files.database.asUser(bob.id, async (tx) => await defaultSecretary(tx, bob.id));
    expect(await asAda('PUT', path, { approval: 'maybe' })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'approval' }] },
    });
    expect(await asAda('PUT', path, { sub_assistant_id: theirs.id })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'sub_assistant_id' }] },
    });
    const http = `/api/assistants/${secretary.id}/tools/${await newTool(ada.id, 'http')}`;
    expect(await asAda('PUT', http, { sub_assistant_id: secretary.id })).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'sub_assistant_id' }] },
    });
  });
});

test('an assistant can be asked by another, but never, over any way, by itself', async () => {
  const { ada, secretary, asAda } = await people();
  const { json: cook } = await asAda('POST', '/api/assistants', { name: 'Cook' });
  const [askCook, askAny] = [
    await newTool(ada.id, 'sub_assistant', cook.id),
    await newTool(ada.id, 'sub_assistant', secretary.id),
  ];
  expect(await asAda('PUT', `/api/assistants/${secretary.id}/tools/${askCook}`, {})).toMatchObject({
    status: 200,
  });
  const asked = (await toolsOf(ada.id, secretary.id)).find(({ id }) => id === askCook);
  expect(asked).toMatchObject({ sub_assistant_id: cook.id });
  const circle = { status: 422, json: { code: 'assistants.circle', errors: [{ path: 'sub_assistant_id' }] } };
  expect(await asAda('PUT', `/api/assistants/${cook.id}/tools/${askAny}`, {})).toMatchObject(circle);
  expect(await asAda('PUT', `/api/assistants/${cook.id}/tools/${askCook}`, {})).toMatchObject(circle);
  // The same link, turned to a third one, closes nothing.
  const { json: baker } = await asAda('POST', '/api/assistants', { name: 'Baker' });
  const turned = await asAda('PUT', `/api/assistants/${cook.id}/tools/${askAny}`, {
    sub_assistant_id: baker.id,
  });
  expect(turned).toMatchObject({ status: 200, json: { sub_assistant_id: baker.id } });
});

test('two assistants that are given each other at once end up with one of the links', async () => {
  const { ada, secretary, asAda } = await people();
  const { json: cook } = await asAda('POST', '/api/assistants', { name: 'Cook' });
  const [askCook, askSecretary] = [
    await newTool(ada.id, 'sub_assistant', cook.id),
    await newTool(ada.id, 'sub_assistant', secretary.id),
  ];
  const answers = await Promise.all([
    asAda('PUT', `/api/assistants/${secretary.id}/tools/${askCook}`, {}),
    asAda('PUT', `/api/assistants/${cook.id}/tools/${askSecretary}`, {}),
  ]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);
});
