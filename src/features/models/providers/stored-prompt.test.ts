import { generateText, stepCountIs, streamText, tool } from 'ai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startFakeResponses, type FakeResponses } from '#test/fakes/openai-responses.ts';
import { createModels } from '../registry.ts';

let openai: FakeResponses;
beforeAll(async () => {
  openai = await startFakeResponses();
  openai.prompts.set('pmpt_1', 'gpt-5');
});
afterAll(async () => {
  await openai[Symbol.asyncDispose]();
});
beforeEach(() => {
  openai.asked.length = 0;
});

const model = (name: string) =>
  createModels({ providers: { openai: { api_key: 'key', base_url: openai.url } } }).resolve(`openai/${name}`);

test('a stored prompt answers, by its own model and settings', async () => {
  const result = streamText({ model: model('pmpt_1'), prompt: 'hello', temperature: 0.5 });
  expect(await result.text).toBe('By the prompt.');
  expect(openai.asked).toEqual([
    {
      prompt: { id: 'pmpt_1' },
      input: [{ role: 'user', content: [{ type: 'input_text', text: 'hello' }] }],
      stream: true,
      store: false,
    },
  ]);
  expect((await result.finalStep).response.modelId).toBe('gpt-5-2026-01-01');
});

test('our tools are offered beside its own', async () => {
  const called: unknown[] = [];
  const { text, steps } = await generateText({
    model: model('pmpt_1'),
    prompt: 'what is there',
    stopWhen: stepCountIs(3),
    tools: {
      reminder: tool({
        inputSchema: z.object({ action: z.string() }),
        execute: (input) => {
          called.push(input);
          return 'nothing';
        },
      }),
    },
  });
  expect(text).toBe('By the prompt.');
  expect(steps).toHaveLength(2);
  expect(called).toEqual([{ action: 'list' }]);
  expect(openai.asked.map(({ prompt, model: named }) => ({ prompt, named }))).toEqual([
    { prompt: { id: 'pmpt_1' }, named: undefined },
    { prompt: { id: 'pmpt_1' }, named: undefined },
  ]);
});

test('what it costs is known when it has answered', async () => {
  const models = createModels({ providers: { openai: { api_key: 'key', base_url: openai.url } } });
  const usage = { input_tokens: 1_000_000, output_tokens: 0 };
  expect(models.costOf('openai/pmpt_2', usage)).toBeNull();
  openai.prompts.set('pmpt_2', 'gpt-5-nano');
  await streamText({ model: models.resolve('openai/pmpt_2'), prompt: 'hello' }).text;
  expect(models.costOf('openai/pmpt_2', usage)).toBe(0.05);
  expect(models.about('openai/pmpt_2')).toMatchObject({ context_window: 400_000 });
});

test('another model can be named to answer by it', async () => {
  const { finalStep } = await generateText({ model: model('pmpt_1@gpt-4o'), prompt: 'hello' });
  expect(openai.asked[0]).toMatchObject({ prompt: { id: 'pmpt_1' }, model: 'gpt-4o' });
  expect(finalStep.response.modelId).toBe('gpt-4o-2026-01-01');
});

test('one that is not there is said so', async () => {
  const failure = generateText({ model: model('pmpt_none'), prompt: 'hello', maxRetries: 0 });
  await expect(failure).rejects.toThrow("Prompt with id 'pmpt_none' not found.");
});
