import { encode } from 'gpt-tokenizer';
import { expect, test } from 'vitest';

import { startChatServer } from '#test/fakes/chat-server.ts';
import { install } from '#test/installation.ts';
import { ask, mainThreadOf, readAll } from '#test/records.ts';
import { connectToEmbedded } from '#test/embedded-connection.ts';
import { until } from '#test/until.ts';

const MOST_TOKENS = 2_500;
const MOST_BYTES = 10_000;

test('a bare hello is small with every built-in tool on, and an idle hour asks no model at all', async () => {
  await using model = await startChatServer(() => ({ text: ['Hello.'] }));
  await using famulus = await install('one process', { ...model.env, DEFAULT_MODEL: model.model });
  const { client } = await famulus.person();
  const thread = await mainThreadOf(client);
  await ask(client, thread, 'hello');
  const [request] = model.asked;
  const { bytes, ...asked } = request!;
  const builtIn = await readAll<{ name: string; tool_type: string; user_id: null }>(client, '/api/tools');
  expect(asked.tools?.map((tool) => tool.function.name).toSorted()).toEqual(
    builtIn.map(({ name }) => name).toSorted(),
  );
  const tokens = encode(JSON.stringify([asked.messages, asked.tools])).length;
  console.log(`a bare hello: ${tokens} tokens, ${bytes} bytes, ${asked.tools?.length} tools`);
  expect(tokens).toBeLessThanOrEqual(MOST_TOKENS);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);

  const owner = await connectToEmbedded(famulus);
  try {
    const hourly = async () => {
      const { rows } = await owner.query<{ count: number }>(
        `select count(*)::int from occurrences join schedules on schedules.id = schedule_id where kind = 'system'`,
      );
      return rows[0]!.count;
    };
    const before = await hourly();
    for (let minutes = 2; minutes <= 62; minutes += 2)
      await owner.query('update app_clock set offset_ms = $1', [minutes * 60_000]);
    await until('the hourly comparison has come', async () => (await hourly()) > before, 30_000);
  } finally {
    await owner.end();
  }
  expect(model.asked.length).toBe(1);
}, 120_000);
