import { APICallError, embedMany, generateText, stepCountIs, streamText, tool } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { FAKE_KEY, startFakeModels, type FakeModels } from '#test/fakes/aimock.ts';
import type { ProviderName } from './providers/names.ts';
import { createModels } from './registry.ts';

describe('the registry', () => {
  test('is offline by default', () => {
    const models = createModels({ providers: {} });
    expect(models.default_model).toBe('builtin/offline');
    expect(models.embedding_model).toBeUndefined();
    expect(models.reachable()).toEqual([]);
    expect(models.resolve('builtin/offline').modelId).toBe('offline');
  });

  test.each([
    ['openai/gpt', 'OPENAI_API_KEY'],
    ['anthropic/claude', 'ANTHROPIC_API_KEY'],
    ['google/gemini', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    ['ollama/llama', 'OLLAMA_BASE_URL'],
    ['compatible/llama', 'OPENAI_COMPATIBLE_BASE_URL'],
  ])('refuses %s, names what there is and what to set', (id, mend) => {
    const models = createModels({
      providers: { ollama: { api_key: 'k' }, openai: { base_url: 'http://a' } },
    });
    expect(models.knows(id)).toBe(false);
    expect(() => models.resolve(id)).toThrow(
      expect.objectContaining({ code: 'models.unknown', kind: 'invalid' }),
    );
    expect(() => models.resolve(id)).toThrow(/builtin\/offline.*; set /);
    expect(() => models.resolve(id)).toThrow(mend);
  });

  test.each(['compatible/', 'compatible/a b', 'offline', '', 'other/x', '/x'])('refuses %j', (id) => {
    const models = createModels({ providers: { compatible: { base_url: 'http://127.0.0.1:1/v1' } } });
    expect(() => models.resolve(id)).toThrow('There is no model');
    expect(() => models.resolveEmbedding(id)).toThrow('There is no model');
  });

  test('knows a server’s models by their names there', () => {
    const models = createModels({
      default_model: 'compatible/org/llama:8b',
      providers: { compatible: { base_url: 'http://127.0.0.1:1/v1' } },
    });
    expect(models.resolve(models.default_model)).toMatchObject({
      modelId: 'org/llama:8b',
      provider: 'compatible',
    });
    expect(models.reachable()).toMatchObject([{ provider: 'compatible' }]);
  });

  test('goes by what is set live, field by field, until that is taken back', () => {
    const models = createModels({
      default_model: 'builtin/offline',
      providers: { openai: { api_key: 'given', base_url: 'http://given' } },
    });
    models.apply({
      default_model: 'openai/gpt-5',
      embedding_model: 'openai/small',
      providers: { openai: { api_key: 'set' }, ollama: { base_url: 'http://set' } },
    });
    expect(models.default_model).toBe('openai/gpt-5');
    expect(models.embedding_model).toBe('openai/small');
    expect(models.reachable()).toMatchObject([
      { provider: 'openai', access: { api_key: 'set', base_url: 'http://given' } },
      { provider: 'ollama', access: { base_url: 'http://set' } },
    ]);
    models.apply({ providers: {} });
    expect(models.default_model).toBe('builtin/offline');
    expect(models.reachable()).toMatchObject([{ access: { api_key: 'given' } }]);
  });

  test('forgets how a provider was when it is reached in another way', () => {
    const models = createModels({ providers: { openai: { api_key: 'old' }, google: { api_key: 'k' } } });
    for (const name of ['openai/a', 'google/a']) {
      models.health.failed(name, new Error('reset'));
    }
    models.apply({ providers: { openai: { api_key: 'new' } } });
    expect(models.health.of('openai').state).toBe('ok');
    expect(models.health.of('google').state).toBe('failing');
  });
});

const names: Record<ProviderName, string> = {
  openai: 'openai/gpt-5',
  anthropic: 'anthropic/claude-sonnet-4-5',
  google: 'google/gemini-2.5-flash',
  ollama: 'ollama/llama3.2',
  compatible: 'compatible/test-model',
};

describe.each(Object.entries(names))('%s', (provider, name) => {
  let fake: FakeModels;
  const model = () =>
    createModels({
      providers: {
        openai: { api_key: FAKE_KEY, base_url: `${fake.url}/v1` },
        anthropic: { api_key: FAKE_KEY, base_url: fake.url },
        google: { api_key: FAKE_KEY, base_url: `${fake.url}/v1beta` },
        ollama: { api_key: FAKE_KEY, base_url: `${fake.url}/api` },
        compatible: { api_key: FAKE_KEY, base_url: `${fake.url}/v1` },
      },
    }).resolve(name);

  beforeAll(async () => {
    fake = await startFakeModels();
  });
  afterAll(async () => {
    await fake[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    fake.clear();
  });

  test('streams text with its usage', async () => {
    fake.says('hello', 'Hello from afar.', { input: 100, output: 20 });
    const result = streamText({ model: model(), prompt: 'hello' });
    expect(await result.text).toBe('Hello from afar.');
    expect(await result.usage).toMatchObject({ inputTokens: 100, outputTokens: 20 });
  });

  test('calls a tool and goes on with its result', async () => {
    fake.calls('what time is it', { name: 'time', input: { place: 'Tokyo' } }, 'It is noon in Tokyo.');
    const asked: unknown[] = [];
    const result = streamText({
      model: model(),
      prompt: 'what time is it',
      stopWhen: stepCountIs(3),
      tools: {
        time: tool({
          description: 'Time',
          inputSchema: z.object({ place: z.string() }),
          execute: (input) => {
            asked.push(input);
            return { local: '12:00' };
          },
        }),
      },
    });
    expect(await result.text).toBe('It is noon in Tokyo.');
    expect(asked).toEqual([{ place: 'Tokyo' }]);
    expect(fake.asked()).toHaveLength(2);
    expect(JSON.stringify(fake.asked()[1]?.body)).toContain('12:00');
  });

  test('fails with the status the server gave, and never with the key', async () => {
    fake.refuses(500, { message: `the key ${FAKE_KEY} is on fire` });
    const failure: unknown = await generateText({ model: model(), prompt: 'hello', maxRetries: 0 }).catch(
      (error: unknown) => error,
    );
    expect(APICallError.isInstance(failure) && failure.statusCode).toBe(500);
    expect(failure).toMatchObject({ isRetryable: true });
    expect(String(failure)).toContain('is on fire');
    expect(`${String(failure)} ${JSON.stringify(failure)}`).not.toContain(FAKE_KEY);
  });

  test('sends its key where the provider wants it', async () => {
    fake.says('hello', 'hi');
    await streamText({ model: model(), prompt: 'hello' }).text;
    const [{ headers, path } = { headers: {}, path: '' }] = fake.asked();
    const expected: Record<string, [string, object]> = {
      openai: ['/v1/responses', { authorization: `Bearer ${FAKE_KEY}` }],
      anthropic: ['/v1/messages', { 'x-api-key': FAKE_KEY }],
      google: [
        '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
        { 'x-goog-api-key': FAKE_KEY },
      ],
      ollama: ['/v1/chat/completions', {}],
      compatible: ['/v1/chat/completions', { authorization: `Bearer ${FAKE_KEY}` }],
    };
    expect(path).toBe(expected[provider]?.[0]);
    expect(headers).toMatchObject(expected[provider]?.[1] ?? {});
  });
});

describe('OpenAI', () => {
  let fake: FakeModels;
  beforeAll(async () => {
    fake = await startFakeModels();
  });
  afterAll(async () => {
    await fake[Symbol.asyncDispose]();
  });
  const models = () =>
    createModels({ providers: { openai: { api_key: FAKE_KEY, base_url: `${fake.url}/v1` } } });

  test.each([
    ['openai/gpt-5', undefined],
    ['openai/gpt-4o', 0.3],
  ])('%s gets the temperature it takes, and keeps nothing', async (name, temperature) => {
    fake.clear();
    fake.says('hello', 'hi');
    await streamText({ model: models().resolve(name), prompt: 'hello', temperature: 0.3 }).text;
    const body = fake.asked()[0]?.body as Record<string, unknown>;
    expect(body['temperature']).toBe(temperature);
    expect(body['store']).toBe(false);
  });

  test('embeds texts', async () => {
    fake.clear();
    fake.mock.onEmbedding(/.*/, { embedding: [0.1, 0.2] });
    const model = models().resolveEmbedding('openai/text-embedding-3-small');
    const { embeddings } = await embedMany({ model, values: ['a', 'b'] });
    expect(embeddings).toEqual([
      [0.1, 0.2],
      [0.1, 0.2],
    ]);
  });
});
