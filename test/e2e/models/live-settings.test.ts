import { expect, test } from 'vitest';
import { startFakeModels } from '#test/fakes/aimock.ts';
import { startFakeResponses } from '#test/fakes/openai-responses.ts';
import { install, shapes } from '#test/installation.ts';
import { replyTo, threadWith } from '#test/model-assistants.ts';
import { ask, mainThreadOf, said } from '#test/records.ts';
import { until } from '#test/until.ts';

const scopes = ['chat:read', 'chat:write', 'settings:read', 'settings:write', 'system:admin'];
const KEY = 'sk-CANARY-0123456789';

test.each(shapes)('in %s a key set live is used at once, and survives a restart', async (shape) => {
  await using fake = await startFakeModels();
  await using famulus = await install(shape, { LOG_LEVEL: 'trace' });
  const { client } = await famulus.person({ admin: true, scopes });
  fake.says('hello', 'Hello by the key.');
  const main = await mainThreadOf(client);
  expect((await ask(client, main, 'hello')).reply.model).toBe('builtin/offline');

  const change = {
    providers: { openai: { api_key: KEY, base_url: `${fake.url}/v1` } },
    default_model: 'openai/gpt-5',
  };
  const changed = await client.patch('/api/settings', change);
  expect(changed).toMatchObject({ status: 200, body: { default_model: 'openai/gpt-5' } });
  // Another process hears of it a moment later.
  await until('the new model answers', async () => {
    const { reply } = await ask(client, main, 'hello');
    return reply.model === 'openai/gpt-5' && said(reply) === 'Hello by the key.';
  });
  expect(fake.asked().at(-1)?.headers).toMatchObject({ authorization: `Bearer ${KEY}` });

  await famulus.stopAll();
  await famulus.startAll();
  expect((await ask(client, main, 'hello')).reply.model).toBe('openai/gpt-5');

  const taken = await client.patch('/api/settings', { providers: { openai: null }, default_model: null });
  expect(taken).toMatchObject({
    status: 200,
    body: {
      default_model: 'builtin/offline',
      providers: { openai: { api_key_set: false, source: null, base_url: null } },
    },
  });
  await until('it is gone', async () => (await ask(client, main, 'hello')).reply.model === 'builtin/offline');
  const logged = ['api', 'assistant', 'scheduler'].map((service) => famulus.running(service).output().stderr);
  expect(logged.join()).not.toContain(KEY);
});

test('an assistant of type openai_api answers by its stored prompt, with our tools', async () => {
  await using openai = await startFakeResponses();
  openai.prompts.set('pmpt_tea', 'gpt-5');
  await using famulus = await install('one process', { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: openai.url });
  const { client } = await famulus.person({ admin: true });
  const thread = await threadWith(client, {
    name: 'Stored',
    assistant_type: 'openai_api',
    openai_assistant_id: 'pmpt_tea',
  });
  const reply = await replyTo(client, thread, 'What is there to do?');
  expect(said(reply)).toBe('By the prompt.');
  expect(reply).toMatchObject({ status: 'complete', usage: { input_tokens: 2_000, output_tokens: 200 } });
  expect(reply.cost_usd).toBeCloseTo(0.0045, 8);
  expect(openai.asked.map(({ prompt, model }) => [prompt?.id, model])).toEqual([
    ['pmpt_tea', undefined],
    ['pmpt_tea', undefined],
  ]);
  expect(openai.asked[0]?.tools?.map(({ name }) => name)).toContain('reminder');
});
