import { beforeEach, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { remindersFeature } from './feature.ts';

const files = testDatabase();
const tea = { type: 'recurring', text: 'tea', cron_expression: '0 9 * * *' };

let as: Awaited<ReturnType<typeof serveAs>>;
let ann: string;
let service: string;
let reminder: string;

beforeEach(async () => {
  as = await serveAs(remindersFeature(featureContext(files)));
  [ann, service] = (await Promise.all(
    ['ann', 'service'].map(async () => {
      const { id } = await createUser(files.database.system);
      await createAssistant(files.database.system, { user_id: id });
      return id;
    }),
  )) as [string, string];
  reminder = (await as(ann)('POST', '/api/reminders', tea)).json.id;
});

const scheduled = async (scopes: string[]) =>
  await as(service, { scopes })('GET', '/api/reminders/scheduled');
const change = async (scopes: string[], body: object, id = reminder) =>
  await as(service, { scopes })('PATCH', `/api/reminders/${id}`, body);

test("system:read sees everyone's scheduled reminders, and it alone", async () => {
  const { status, json } = await scheduled(['system:read']);
  expect(status).toBe(200);
  const anns = json.items.filter(({ user_id }) => user_id === ann);
  expect(anns).toMatchObject([{ id: reminder, user_id: ann, payload: { text: 'tea' } }]);
  expect((await scheduled(['reminders:read'])).json.items).toEqual([]);
  expect((await scheduled(['system:reminders'])).status).toBe(403);
});

test('system:reminders sets the status of anybody’s reminder, and nothing else', async () => {
  const { status, json } = await change(['system:reminders'], { status: 'paused' });
  expect({ status, json }).toMatchObject({ status: 200, json: { id: reminder, status: 'paused' } });
  const { rows } = await files.owner.query<{ user_id: string; actor: string }>(
    `select user_id, actor from activity where type = 'reminder.paused' and subject = $1`,
    [`reminder:${reminder}`],
  );
  expect(rows).toEqual([{ user_id: ann, actor: 'system' }]);

  for (const scopes of [['system:reminders'], ['system:reminders', 'reminders:write']]) {
    expect(await change(scopes, { status: 'active', text: 'coffee' })).toMatchObject({ status: 403 });
  }
  expect((await change(['reminders:write'], { status: 'active' })).status).toBe(404);
  expect((await change(['system:read'], { status: 'active' })).status).toBe(403);
  expect((await as(ann)('GET', `/api/reminders/${reminder}`)).json).toMatchObject({
    status: 'paused',
    payload: { text: 'tea' },
  });
});

test('who has both scopes changes their own reminder as anybody does', async () => {
  const own = (await as(service)('POST', '/api/reminders', tea)).json.id;
  const both = ['system:reminders', 'reminders:write'];
  expect((await change(both, { text: 'coffee' }, own)).json).toMatchObject({ payload: { text: 'coffee' } });
  expect((await change(['system:reminders'], { status: 'completed' }, ann)).status).toBe(404);
});
