import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { connectToEmbedded } from '#test/embedded-connection.ts';
import { startFakeModels, type FakeModels } from '#test/fakes/aimock.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { firedNotification, mainThreadOf, readAll, remind, said, type MessageRecord } from '#test/records.ts';
import { until } from '#test/until.ts';

let models: FakeModels;
let famulus: Program;
let client: Client;
let owner: pg.Client;

beforeAll(async () => {
  models = await startFakeModels();
  models.says('water the plants', 'Your ferns are thirsty: water the plants!');
  famulus = await startProgram({ env: { ...models.env('compatible'), DEFAULT_MODEL: 'compatible/small' } });
  client = createClient(famulus, await createUserAndToken(famulus));
  owner = await connectToEmbedded(famulus);
}, 120_000);
afterAll(async () => {
  await owner?.end();
  await famulus?.remove();
  await models?.[Symbol.asyncDispose]();
});

test('a reminder is worded within the minute before it comes, by one request, and said so in the thread', async () => {
  const reminder = await remind(client, 'water the plants', 50_000);
  const later = await remind(client, 'water the plants later', 3_600_000);
  await until(
    'it is worded',
    async () => (await owner.query('select from reminders where prepared_text is not null')).rowCount === 1,
    20_000,
  );
  await owner.query('update app_clock set offset_ms = 48000');
  const { message } = await firedNotification(client, reminder);
  expect(message).toBe('water the plants');
  const thread = await mainThreadOf(client);
  const spoken = await until('it is said', async () => {
    const [first] = await readAll<MessageRecord>(client, `/api/threads/${thread}/messages`);
    return first;
  });
  expect(said(spoken)).toBe('Your ferns are thirsty: water the plants!');
  expect(models.asked()).toHaveLength(1);
  expect(later.next_fire_at).not.toBeNull();
});
