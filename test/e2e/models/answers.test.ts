import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createClient, type Client } from '#test/client.ts';
import { FAKE_KEY, startFakeModels, type FakeModels } from '#test/fakes/aimock.ts';
import { replyTo, threadWith } from '#test/model-assistants.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { said } from '#test/records.ts';

let fake: FakeModels;
let famulus: Program;
let ann: Client;

beforeAll(async () => {
  fake = await startFakeModels();
  famulus = await startProgram({ env: { ...fake.env(), LOG_LEVEL: 'trace' } });
  ann = createClient(famulus, await createUserAndToken(famulus));
});
afterAll(async () => {
  await famulus.remove();
  await fake[Symbol.asyncDispose]();
});
beforeEach(() => {
  fake.clear();
});

/** Each with what 1,000 tokens in and 200 out cost; null where nobody knows the price. */
const models = [
  ['openai/gpt-5', 0.00325],
  ['anthropic/claude-sonnet-4-5', 0.006],
  ['google/gemini-2.5-flash', 0.0008],
  ['ollama/llama3.2', 0],
  ['compatible/some-model', null],
] as const;

const about = (cost: number | null) => (cost === null ? null : expect.closeTo(cost, 8));

test.each(models)('%s answers; what it used and cost is kept', async (model, cost) => {
  fake.says('Good morning', 'Good morning to you, Ann.', { input: 1_000, output: 200 });
  const thread = await threadWith(ann, { name: model, model });
  const reply = await replyTo(ann, thread, 'Good morning');
  expect(reply).toMatchObject({
    status: 'complete',
    model,
    usage: { input_tokens: 1_000, output_tokens: 200 },
    error: null,
  });
  expect(said(reply)).toBe('Good morning to you, Ann.');
  expect(reply.cost_usd).toEqual(about(cost));
  expect(fake.asked()).toHaveLength(1);
});

test.each(models)('%s sets a reminder by the tool, and both of its answers count', async (model, cost) => {
  const call = {
    name: 'reminder',
    input: { action: 'create', text: `tea of ${model}`, trigger_at: '2100-12-01T08:00:00Z' },
  };
  fake.calls('Remind me of tea', call, 'It is set.', { input: 500, output: 100 });
  const thread = await threadWith(ann, { name: `${model} with tools`, model });
  const reply = await replyTo(ann, thread, 'Remind me of tea tomorrow at nine');
  expect(reply).toMatchObject({
    status: 'complete',
    model,
    parts: [{ type: 'tool-reminder', state: 'output-available' }, { text: 'It is set.' }],
    usage: { input_tokens: 1_000, output_tokens: 200 },
  });
  expect(reply.cost_usd).toEqual(about(cost));
  const { body } = await ann.get<{ items: { payload: { text: string } }[] }>('/api/reminders');
  expect(body.items.map(({ payload }) => payload.text)).toContain(`tea of ${model}`);
});

test('nothing it logged has a key in it', () => {
  const { stdout, stderr } = famulus.output();
  expect((stdout + stderr).includes(FAKE_KEY)).toBe(false);
});
