import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { toolsFeature } from './feature.ts';
import { ensureToolRows, type ToolExecutor } from './index.ts';
import { z } from 'zod';

const files = testDatabase();

const http = { name: 'lights', tool_type: 'http', description: 'Switch the lights' };

function executor(tool_type: ToolExecutor['tool_type'], description: string): ToolExecutor {
  return {
    kind: 'database',
    tool_type,
    description,
    input: z.strictObject({}),
    execute: async () => await Promise.resolve(null),
  };
}

async function ensure(...executors: ToolExecutor[]): Promise<string[]> {
  return await files.database.asSystem(async (tx) => await ensureToolRows(tx, executors));
}

/** Two users and their requests. */
async function people() {
  const [ada, bob] = [await createUser(files.database.system), await createUser(files.database.system)];
  const ownsAssistant = async (_: unknown, userId: string, id: string) => {
    const { rowCount } = await files.owner.query('select from assistants where id = $1 and user_id = $2', [
      id,
      userId,
    ]);
    return rowCount === 1;
  };
  const as = await serveAs(toolsFeature(featureContext(files), { ownsAssistant }));
  return { ada, bob, asAda: as(ada.id), asBob: as(bob.id) };
}

describe('built-in tools', () => {
  test('are made once, and their descriptions kept up to date', async () => {
    const [added, ...others] = await ensure(executor('time', 'Tell the time.'));
    expect(others).toEqual([]);
    expect(await ensure(executor('time', 'Tell the time.'))).toEqual([]);
    expect(
      await ensure(executor('time', 'What time it is.'), executor('weather', 'The weather.')),
    ).toHaveLength(1);
    const { rows } = await files.owner.query(
      'select id, name, description, user_id from tools where tool_type = $1',
      ['time'],
    );
    expect(rows).toEqual([{ id: added, name: 'time', description: 'What time it is.', user_id: null }]);
  });

  test('are there for everyone to read, and for nobody to write', async () => {
    await ensure(executor('memory', 'Remember.'));
    const { asAda } = await people();
    const { json } = await asAda('GET', '/api/tools');
    const memory = json.items.find((tool) => tool.name === 'memory')!;
    expect(memory).toMatchObject({ user_id: null, input_schema: null });
    expect((await asAda('GET', `/api/tools/${memory.id}`)).json).toEqual(memory);
    const refused = { status: 403, json: { code: 'tools.built_in' } };
    expect(await asAda('PATCH', `/api/tools/${memory.id}`, { is_active: false })).toMatchObject(refused);
    expect(await asAda('DELETE', `/api/tools/${memory.id}`)).toMatchObject(refused);
    expect(await asAda('POST', '/api/tools', { ...http, name: 'memory' })).toMatchObject({ status: 409 });
  });
});

describe('a tool of one’s own', () => {
  test('is made, read, changed and deleted', async () => {
    const { asAda } = await people();
    const input_schema = { type: 'object', properties: { on: { type: 'boolean' } } };
    const made = await asAda('POST', '/api/tools', { ...http, input_schema, config: { url: 'http://lamp' } });
    expect(made).toMatchObject({
      status: 201,
      json: { ...http, input_schema, config: { url: 'http://lamp' } },
    });
    const path = `/api/tools/${made.json.id}`;
    expect((await asAda('GET', path)).json).toEqual(made.json);
    const changed = await asAda('PATCH', path, { approval: 'ask', input_schema: null, config: {} });
    expect(changed).toMatchObject({
      status: 200,
      json: { name: 'lights', approval: 'ask', input_schema: null, config: {} },
    });
    expect((await asAda('PATCH', path, {})).json).toEqual(changed.json);
    expect(await asAda('DELETE', path)).toMatchObject({ status: 204 });
    expect(await asAda('GET', path)).toMatchObject({ status: 404, json: { code: 'tools.not_found' } });
  });

  test('is not there for anyone else', async () => {
    const { asAda, asBob } = await people();
    const path = `/api/tools/${(await asAda('POST', '/api/tools', http)).json.id}`;
    expect(await asBob('GET', path)).toMatchObject({ status: 404 });
    expect(await asBob('PATCH', path, { name: 'mine' })).toMatchObject({ status: 404 });
    expect(await asBob('DELETE', path)).toMatchObject({ status: 404 });
    const { json } = await asBob('GET', '/api/tools');
    expect(json.items.map((tool) => tool.name)).not.toContain('lights');
    expect(await asAda('GET', path)).toMatchObject({ status: 200 });
  });

  test('has a name no other of the user’s has', async () => {
    const { asAda, asBob } = await people();
    await asAda('POST', '/api/tools', http);
    const taken = { status: 409, json: { code: 'tools.name_taken' } };
    expect(await asAda('POST', '/api/tools', http)).toMatchObject(taken);
    const other = await asAda('POST', '/api/tools', { ...http, name: 'blinds' });
    expect(await asAda('PATCH', `/api/tools/${other.json.id}`, { name: 'lights' })).toMatchObject(taken);
    expect(await asAda('PATCH', `/api/tools/${other.json.id}`, { name: 'blinds' })).toMatchObject({
      status: 200,
    });
    expect(await asBob('POST', '/api/tools', http)).toMatchObject({ status: 201 });
  });

  test('of type sub_assistant asks an assistant of the user’s own', async () => {
    const { ada, bob, asAda } = await people();
    const [mine, theirs] = [
      await createAssistant(files.database.system, { user_id: ada.id }),
      await createAssistant(files.database.system, { user_id: bob.id }),
    ];
    const cook = { name: 'cook', tool_type: 'sub_assistant', description: 'Ask the cook' };
    expect(await asAda('POST', '/api/tools', { ...cook, assistant_id: mine.id })).toMatchObject({
      status: 201,
    });
    for (const assistant_id of [theirs.id, newId()]) {
      const refused = await asAda('POST', '/api/tools', { ...cook, name: 'cook2', assistant_id });
      expect(refused).toMatchObject({ status: 422, json: { errors: [{ path: 'assistant_id' }] } });
    }
  });

  test('names the field that is wrong', async () => {
    const { asAda } = await people();
    const wrong = await asAda('POST', '/api/tools', {
      ...http,
      input_schema: { type: 'text' },
      colour: 'red',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.json.errors.map(({ path }) => path).sort()).toEqual(['colour', 'input_schema.type']);
  });

  test.each([
    ['a pattern that is none', { type: 'string', pattern: '(' }, 'Unterminated group'],
    ['a reference to nowhere', { $ref: '#/$defs/nowhere' }, '#/$defs/nowhere'],
    ['a limit that is no number', { type: 'string', maxLength: 'few' }, 'maxLength'],
  ])('whose input_schema has %s is refused, since no call could be checked', async (_, to, why) => {
    const { asAda } = await people();
    const input_schema = { type: 'object', properties: { to } };
    const refused = { status: 422, json: { errors: [{ path: 'input_schema' }] } };
    const made = await asAda('POST', '/api/tools', { ...http, input_schema });
    expect(made).toMatchObject(refused);
    expect(made.json.errors[0]?.message).toContain(why);
    const { json } = await asAda('POST', '/api/tools', http);
    expect(await asAda('PATCH', `/api/tools/${json.id}`, { input_schema })).toMatchObject(refused);
  });
});

test('the list goes on from page to page, newest first', async () => {
  const { asAda } = await people();
  for (const name of ['one', 'two', 'three']) await asAda('POST', '/api/tools', { ...http, name });
  const first = await asAda('GET', '/api/tools?limit=2');
  expect(first.json.items.map((tool) => tool.name)).toEqual(['three', 'two']);
  const next = await asAda('GET', `/api/tools?limit=2&cursor=${first.json.next_cursor}`);
  expect(next.json.items[0]?.name).toBe('one');
  expect(await asAda('GET', '/api/tools?cursor=nonsense')).toMatchObject({ status: 422 });
});
