import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#test/client.ts';
import { FAKE_KEY, startFakeModels, type FakeModels, type FakeProvider } from '#test/fakes/aimock.ts';
import { replyTo, threadWith } from '#test/model-assistants.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { said } from '#test/records.ts';
import { until } from '#test/until.ts';

const models: Record<FakeProvider, string> = {
  openai: 'openai/gpt-5',
  anthropic: 'anthropic/claude-sonnet-4-5',
  google: 'google/gemini-2.5-flash',
  ollama: 'ollama/llama3.2',
  compatible: 'compatible/some-model',
};

interface ModelsShown {
  providers: { provider: string; health: { state: string; error: string | null } }[];
}

let fake: FakeModels;
let famulus: Program;
let ann: Client;

beforeAll(async () => {
  fake = await startFakeModels();
  famulus = await startProgram({ env: { ...fake.env(), LOG_LEVEL: 'trace' } });
  ann = createClient(famulus, await createUserAndToken(famulus, { admin: true, scopes: userAndAdmin }));
});
afterAll(async () => {
  await famulus.remove();
  await fake[Symbol.asyncDispose]();
});
beforeEach(() => {
  fake.clear();
});

const userAndAdmin = [
  'chat:read',
  'chat:write',
  'settings:read',
  'settings:write',
  'notifications:read',
  'system:admin',
];

async function healthOf(provider: string) {
  const { body } = await ann.get<ModelsShown>('/api/models');
  return body.providers.find((each) => each.provider === provider)?.health;
}

/** The answers asked of a provider, by its path. */
const asked = () => fake.asked().length;

describe.each(Object.entries(models))('%s', (provider, model) => {
  test('refusing the key is not asked again until it answers; the turn goes on without it', async () => {
    // As some servers do; Ollama has no key.
    fake.refuses(401, { message: provider === 'ollama' ? 'who are you' : `no such key: ${FAKE_KEY}` });
    const thread = await threadWith(ann, { name: model, model });
    const reply = await replyTo(ann, thread, 'hello');
    expect(reply).toMatchObject({ status: 'complete', model: 'builtin/offline' });
    expect(asked()).toBe(1);
    expect(await replyTo(ann, thread, 'hello again')).toMatchObject({ model: 'builtin/offline' });
    expect(asked()).toBe(1);
    expect(await healthOf(provider)).toMatchObject({ state: 'down', error: expect.stringContaining('401') });
    const open = async () =>
      (
        await ann.get<{ items: { code: string; subject: string }[] }>('/api/alerts?open=true')
      ).body.items.filter(
        ({ code, subject }) => code === 'provider_down' && subject === `provider:${provider}`,
      ).length;
    await until('an alert', async () => (await open()) === 1);
    const metrics = async () => await (await fetch(`${famulus.url}/metrics`)).text();
    expect(await metrics()).toContain(`famulus_model_provider_up{provider="${provider}"} 0`);

    fake.clear();
    fake.says('OK', 'OK');
    fake.says('once more', 'Here I am.');
    const check = await ann.post('/api/models/check', { model });
    expect(check.body).toMatchObject({ ok: true, error: null });
    expect(await healthOf(provider)).toMatchObject({ state: 'ok', error: null });
    await until('no alert', async () => (await open()) === 0);
    expect(await metrics()).toContain(`famulus_model_provider_up{provider="${provider}"} 1`);
    const again = await replyTo(ann, thread, 'once more');
    expect([again.model, said(again)]).toEqual([model, 'Here I am.']);
  });

  test('being overloaded for long is left alone that long', async () => {
    fake.refuses(429, { message: 'too many', retryAfter: 600 });
    const thread = await threadWith(ann, { name: model, model });
    expect(await replyTo(ann, thread, 'hello')).toMatchObject({
      status: 'complete',
      model: 'builtin/offline',
    });
    expect(asked()).toBe(1);
    expect(await healthOf(provider)).toMatchObject({
      state: 'down',
      error: expect.stringContaining('too many'),
    });
  });
});

test('nothing it logged or showed has a key in it', async () => {
  const { stdout, stderr } = famulus.output();
  const shown = await Promise.all(
    ['/api/models', '/api/alerts', '/api/activity', '/api/settings'].map(
      async (path) => (await ann.get(path)).body,
    ),
  );
  expect((stdout + stderr + JSON.stringify(shown)).includes(FAKE_KEY)).toBe(false);
});
