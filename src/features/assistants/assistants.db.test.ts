import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createSchedule, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { assistantsFeature } from './feature.ts';
import { defaultSecretary } from './index.ts';

const files = testDatabase();

function feature() {
  return assistantsFeature(featureContext(files), { knowsModel: (id) => id.startsWith('builtin/') });
}

async function newUser() {
  const user = await createUser(files.database.system);
  await files.database.asSystem(async (tx) => await feature().onUserCreated?.(tx, user));
  return user;
}

async function secretaryOf(userId: string) {
  return await files.database.asUser(userId, async (tx) => await defaultSecretary(tx, userId));
}

/** Two users with their secretaries, and their requests. */
async function people() {
  const [ada, bob] = [await newUser(), await newUser()];
  const as = await serveAs(feature());
  return { ada, bob, asAda: as(ada.id), asBob: as(bob.id) };
}

async function sharedAssistant(): Promise<string> {
  const id = newId();
  await files.owner.query(`insert into assistants (id, name) values ($1, 'Librarian')`, [id]);
  return id;
}

describe('an assistant', () => {
  test('is made, read, changed and deleted', async () => {
    const { ada, asAda } = await people();
    const settings = { max_steps: 5, fallback_models: ['builtin/offline'] };
    const made = await asAda('POST', '/api/assistants', { name: 'Cook', model: 'builtin/offline', settings });
    expect(made).toMatchObject({
      status: 201,
      json: { user_id: ada.id, name: 'Cook', settings, is_secretary: false },
    });
    const path = `/api/assistants/${made.json.id}`;
    expect((await asAda('GET', path)).json).toEqual(made.json);
    const changed = await asAda('PATCH', path, { instructions: 'Be brief.', settings: { temperature: 0.5 } });
    expect(changed.json).toMatchObject({
      name: 'Cook',
      instructions: 'Be brief.',
      settings: { temperature: 0.5 },
    });
    expect(changed.json.settings).not.toHaveProperty('max_steps');
    expect((await asAda('PATCH', path, {})).json).toEqual(changed.json);
    expect(await asAda('DELETE', path)).toMatchObject({ status: 204 });
    expect(await asAda('GET', path)).toMatchObject({ status: 404, json: { code: 'assistants.not_found' } });
  });

  test('is not there for anyone else', async () => {
    const { asAda, asBob } = await people();
    const path = `/api/assistants/${(await asAda('POST', '/api/assistants', { name: 'Cook' })).json.id}`;
    expect(await asBob('GET', path)).toMatchObject({ status: 404 });
    expect(await asBob('PATCH', path, { name: 'Mine' })).toMatchObject({ status: 404 });
    expect(await asBob('DELETE', path)).toMatchObject({ status: 404 });
    expect(await asBob('GET', `${path}/tools`)).toMatchObject({ status: 404 });
    const { json } = await asBob('GET', '/api/assistants');
    expect(json.items.map(({ name }) => name)).toEqual(['Secretary']);
  });

  test('that is shared is read by everyone and written by nobody', async () => {
    const { asAda } = await people();
    const id = await sharedAssistant();
    expect(await asAda('GET', `/api/assistants/${id}`)).toMatchObject({
      status: 200,
      json: { user_id: null },
    });
    const refused = { status: 403, json: { code: 'assistants.shared' } };
    expect(await asAda('PATCH', `/api/assistants/${id}`, { name: 'Mine' })).toMatchObject(refused);
    expect(await asAda('DELETE', `/api/assistants/${id}`)).toMatchObject(refused);
    await files.owner.query('delete from assistants where id = $1', [id]);
  });

  test('has models whose provider there is', async () => {
    const { asAda } = await people();
    const settings = { fallback_models: ['builtin/offline', 'acme/one'] };
    const answer = await asAda('POST', '/api/assistants', { name: 'Cook', model: 'acme/two', settings });
    expect(answer).toMatchObject({ status: 422, json: { code: 'assistants.unknown_model' } });
    const paths = answer.json.errors.map(({ path }) => path);
    expect(paths).toEqual(['model', 'settings.fallback_models.1']);
  });

  test('of type openai_api has its stored prompt', async () => {
    const { asAda } = await people();
    const input = { name: 'Cook', assistant_type: 'openai_api' };
    const refused = await asAda('POST', '/api/assistants', input);
    expect(refused).toMatchObject({ status: 422, json: { errors: [{ path: 'openai_assistant_id' }] } });
    const made = await asAda('POST', '/api/assistants', { ...input, openai_assistant_id: 'pmpt_1' });
    expect(made.status).toBe(201);
    const emptied = await asAda('PATCH', `/api/assistants/${made.json.id}`, { openai_assistant_id: null });
    expect(emptied).toMatchObject({ status: 422, json: { errors: [{ path: 'openai_assistant_id' }] } });
  });

  test('leaves its reminders to the secretary', async () => {
    const { ada, asAda } = await people();
    const { json: cook } = await asAda('POST', '/api/assistants', { name: 'Cook' });
    const schedule = await createSchedule(files.database.system, { user_id: ada.id });
    await files.owner.query(
      `insert into reminders (id, schedule_id, user_id, assistant_id, payload) values ($1, $2, $3, $4, '{"text": "Stir"}')`,
      [newId(), schedule.id, ada.id, cook.id],
    );
    expect(await asAda('DELETE', `/api/assistants/${cook.id}`)).toMatchObject({ status: 204 });
    const { rows } = await files.owner.query('select assistant_id from reminders where schedule_id = $1', [
      schedule.id,
    ]);
    expect(rows).toEqual([{ assistant_id: (await secretaryOf(ada.id)).id }]);
  });
});

describe('the secretary', () => {
  test('passes to another that is made or changed to be it', async () => {
    const { ada, asAda } = await people();
    const first = await secretaryOf(ada.id);
    const { json: second } = await asAda('POST', '/api/assistants', { name: 'Second', is_secretary: true });
    expect((await secretaryOf(ada.id)).id).toBe(second.id);
    const back = await asAda('PATCH', `/api/assistants/${first.id}`, { is_secretary: true });
    expect(back).toMatchObject({ status: 200, json: { is_secretary: true } });
    expect((await secretaryOf(ada.id)).id).toBe(first.id);
    expect((await asAda('GET', `/api/assistants/${second.id}`)).json.is_secretary).toBe(false);
  });

  test.each([
    ['DELETE', undefined],
    ['PATCH', { is_active: false }],
    ['PATCH', { is_secretary: false }],
  ])('is not lost: %s %j', async (method, body) => {
    const { ada, asAda } = await people();
    const secretary = await secretaryOf(ada.id);
    const refused = await asAda(method, `/api/assistants/${secretary.id}`, body);
    expect(refused).toMatchObject({ status: 409, json: { code: 'assistants.last_secretary' } });
    expect(await secretaryOf(ada.id)).toEqual(secretary);
  });

  test('is active', async () => {
    const { asAda } = await people();
    const made = await asAda('POST', '/api/assistants', {
      name: 'Idle',
      is_secretary: true,
      is_active: false,
    });
    expect(made).toMatchObject({ status: 422, json: { errors: [{ path: 'is_active' }] } });
  });

  test('is one alone, however many are made it at once', async () => {
    const { ada, asAda } = await people();
    const made = await Promise.all(
      Array.from(
        { length: 8 },
        async (_, n) => await asAda('POST', '/api/assistants', { name: `${n}`, is_secretary: true }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    const { rows } = await files.owner.query('select from assistants where user_id = $1 and is_secretary', [
      ada.id,
    ]);
    expect(rows).toHaveLength(1);
  });
});

test('the list goes on from page to page, newest first', async () => {
  const { asAda } = await people();
  for (const name of ['one', 'two']) await asAda('POST', '/api/assistants', { name });
  const first = await asAda('GET', '/api/assistants?limit=2');
  expect(first.json.items.map(({ name }) => name)).toEqual(['two', 'one']);
  const next = await asAda('GET', `/api/assistants?limit=2&cursor=${first.json.next_cursor}`);
  expect(next.json).toMatchObject({ items: [{ name: 'Secretary' }], next_cursor: null });
});
