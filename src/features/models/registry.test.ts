import { LLMock } from '@copilotkit/aimock';
import { APICallError, generateText, stepCountIs, streamText, tool } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createModels } from './registry.ts';

describe('the registry', () => {
  test('is offline by default', () => {
    const models = createModels({});
    expect(models.default_model).toBe('builtin/offline');
    expect(models.list()).toEqual([{ id: 'builtin/offline', provider: 'builtin' }]);
    expect(models.resolve('builtin/offline').modelId).toBe('offline');
  });

  test.each(['openai/gpt', 'compatible/llama', 'compatible/', 'offline', ''])(
    'refuses %s and names what there is',
    (id) => {
      expect(() => createModels({}).resolve(id)).toThrow(
        expect.objectContaining({
          code: 'models.unknown',
          kind: 'invalid',
          message: expect.stringContaining('builtin/offline'),
        }),
      );
    },
  );

  test('refuses a default model that there is not', () => {
    expect(() => createModels({ default_model: 'compatible/llama' })).toThrow(/OPENAI_COMPATIBLE_BASE_URL/);
  });

  test('knows a compatible server’s models by their names there', () => {
    const models = createModels({
      default_model: 'compatible/org/llama:8b',
      compatible: { base_url: 'http://127.0.0.1:1/v1' },
    });
    expect(models.resolve(models.default_model).modelId).toBe('org/llama:8b');
    expect(models.list()).toEqual([
      { id: 'builtin/offline', provider: 'builtin' },
      { id: 'compatible/*', provider: 'compatible' },
    ]);
  });
});

describe('an OpenAI-compatible server', () => {
  const server = new LLMock({ port: 0 });
  const model = () =>
    createModels({ compatible: { base_url: `${server.url}/v1/`, api_key: 'secret-key' } }).resolve(
      'compatible/test-model',
    );

  beforeAll(async () => {
    await server.start();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(() => {
    server.clearFixtures();
    server.clearRequests();
  });

  test('streams text with its usage', async () => {
    server.onMessage('hello', { content: 'Hello from afar.' });
    const result = streamText({ model: model(), prompt: 'hello' });
    expect(await result.text).toBe('Hello from afar.');
    expect((await result.usage).outputTokens).toBeGreaterThan(0);
    const request = server.getLastRequest();
    expect(request?.body).toMatchObject({ model: 'test-model', stream: true });
    expect(request?.path).toBe('/v1/chat/completions');
  });

  test('calls a tool and goes on with its result', async () => {
    server.onMessage('what time is it', {
      toolCalls: [{ id: 'call_1', name: 'time', arguments: '{"place":"Tokyo"}' }],
    });
    server.prependFixture({ match: { toolCallId: 'call_1' }, response: { content: 'It is noon in Tokyo.' } });
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
    expect(server.getRequests()).toHaveLength(2);
  });

  test('fails with the status the server gave', async () => {
    server.nextRequestError(500, { message: 'the model is on fire' });
    const failure: unknown = await generateText({ model: model(), prompt: 'hello', maxRetries: 0 }).catch(
      (error: unknown) => error,
    );
    expect(APICallError.isInstance(failure) && failure.statusCode).toBe(500);
    expect(failure).toMatchObject({ isRetryable: true });
    expect(String(failure)).not.toContain('secret-key');
  });
});
