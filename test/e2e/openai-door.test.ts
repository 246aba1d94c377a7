import OpenAI, { APIError, AuthenticationError, NotFoundError, PermissionDeniedError } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import type { Page } from '#test/records.ts';
import { startSlowModel, type SlowModel } from '#test/slow-model.ts';
import { until } from '#test/until.ts';

let slow: SlowModel;
let famulus: Program;
let token: string;
let client: Client;
let openai: OpenAI;

beforeAll(async () => {
  slow = await startSlowModel(30);
  famulus = await startProgram({ env: slow.env });
  const user = await createUserAndToken(famulus);
  token = user.token;
  client = createClient(famulus, user);
  openai = door(token);
});
afterAll(async () => {
  await famulus.remove();
  await slow[Symbol.asyncDispose]();
});

function door(apiKey: string): OpenAI {
  return new OpenAI({ apiKey, baseURL: `${famulus.url}/v1`, maxRetries: 0 });
}

interface Thread {
  id: string;
  origin: string | null;
  title: string;
}
interface Message {
  role: string;
  status: string;
  superseded_by: string | null;
  parts: { type: string; text?: string }[];
}

const threads = async (query = '?origin=api') =>
  (await client.get<Page<Thread>>(`/api/threads${query}`)).body.items;
const messages = async (threadId: string) =>
  (await client.get<Page<Message>>(`/api/threads/${threadId}/messages`)).body.items;

const ask = async (...said: OpenAI.ChatCompletionMessageParam[]) =>
  await openai.chat.completions.create({ model: 'secretary', messages: said });

async function failure(work: Promise<unknown>): Promise<APIError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof APIError) return error;
  throw new Error(`no error of the API: ${String(error)}`);
}

describe('models', () => {
  test('are the assistants, by name, by id, and whoever is the secretary', async () => {
    const { body: made } = await client.post<{ id: string }>('/api/assistants', { name: 'Travel agent' });
    const { data } = await openai.models.list();
    expect(data.map(({ id }) => id)).toContain('travel-agent');
    expect(data[0]).toMatchObject({ id: 'secretary', object: 'model', owned_by: 'famulus' });
    expect(await openai.models.retrieve('travel-agent')).toMatchObject({ id: 'travel-agent' });
    expect(await openai.models.retrieve(made.id)).toMatchObject({ id: made.id });
    await client.patch(`/api/assistants/${made.id}`, { is_active: false });
    const gone = await failure(openai.models.retrieve('travel-agent'));
    expect(gone).toBeInstanceOf(NotFoundError);
    expect(gone).toMatchObject({ code: 'model_not_found', type: 'invalid_request_error', param: 'model' });
  });
});

describe('an answer', () => {
  test('comes whole, with usage', async () => {
    const answer = await ask({ role: 'user', content: 'what can you do?' });
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'secretary',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant' } }],
    });
    expect(answer.id).toMatch(/^chatcmpl-/);
    expect(answer.choices[0]!.message.content!.length).toBeGreaterThan(20);
    const { prompt_tokens, completion_tokens, total_tokens } = answer.usage!;
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
  });

  test('comes as it is made, with usage when it is asked for', async () => {
    const stream = await openai.chat.completions.create({
      model: 'secretary',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'what can you do?' }] }],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.3,
      max_completion_tokens: 5,
      safety_identifier: 'somebody',
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks[0]!.choices[0]!.delta).toEqual({ role: 'assistant', content: '' });
    const said = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    const { choices } = await ask({ role: 'user', content: 'what can you do?' });
    expect(said).toBe(choices[0]!.message.content);
    expect(chunks.at(-2)!.choices[0]!.finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { completion_tokens: expect.any(Number) as number },
    });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  test('on the wire ends with [DONE]', async () => {
    const response = await fetch(`${famulus.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'secretary',
        stream: true,
        messages: [{ role: 'user', content: 'hello' }],
      }),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const text = await response.text();
    expect(text).toMatch(/"finish_reason":"stop"\}\]\}\n\ndata: \[DONE\]\n\n$/);
    expect(text).not.toContain('"usage"');
  });

  test('does what was asked, with the tools of the assistant', async () => {
    const { choices } = await ask({
      role: 'user',
      content: 'remind me to water the plants tomorrow at 9:00',
    });
    expect(choices[0]!.message.content).toContain('water the plants');
    const { body } = await client.get<Page<{ payload: { text: string } }>>('/api/reminders');
    expect(body.items.map(({ payload }) => payload.text)).toEqual(['water the plants']);
  });
});

describe('a conversation that the client keeps', () => {
  test('goes on in one thread, shown apart, and knows what was said', async () => {
    const before = await threads();
    const first = { role: 'user', content: 'remember that my parrot is called Polly' } as const;
    const answer = (await ask({ role: 'system', content: 'Be kind.' }, first)).choices[0]!.message.content!;
    await ask(
      { role: 'system', content: 'Be kind.' },
      first,
      { role: 'assistant', content: ` ${answer}\n` },
      { role: 'user', content: 'thank you' },
    );
    const added = (await threads()).filter(({ id }) => !before.some((one) => one.id === id));
    expect(added).toMatchObject([{ origin: 'api', title: first.content }]);
    expect((await messages(added[0]!.id)).map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
    ]);
    const shown = await threads('');
    expect(shown.filter(({ origin }) => origin !== null)).toEqual([]);
    expect(shown.some(({ id }) => id === added[0]!.id)).toBe(false);
  });

  test('that was edited is what the client says it is', async () => {
    const before = await threads();
    await ask(
      { role: 'user', content: 'what is the capital of France?' },
      { role: 'assistant', content: 'It is Lyon.' },
      { role: 'assistant', content: 'No, Paris.' },
      { role: 'user', content: 'thank you' },
    );
    const added = (await threads()).find(({ id }) => !before.some((one) => one.id === id));
    const texts = (await messages(added!.id)).map(({ parts }) => parts[0]?.text);
    expect(texts.slice(0, 4)).toEqual([
      'what is the capital of France?',
      'It is Lyon.',
      'No, Paris.',
      'thank you',
    ]);
  });

  test('asked the same again is answered again, and makes no other thread', async () => {
    const question = { role: 'user', content: 'what can you do for me today?' } as const;
    await ask(question);
    const before = await threads();
    const again = await ask(question);
    expect(again.choices[0]!.message.content).not.toBe('');
    expect(await threads()).toHaveLength(before.length);
    const thread = (await threads()).find(({ title }) => title === question.content);
    const standing = (await messages(thread!.id)).filter(({ superseded_by }) => superseded_by === null);
    expect(standing.map(({ role }) => role)).toEqual(['user', 'assistant']);
  });
});

describe('what is wrong', () => {
  test('is said as OpenAI does', async () => {
    expect(await failure(door('fam_nobodys').models.list())).toBeInstanceOf(AuthenticationError);
    const unknown = await failure(
      openai.chat.completions.create({ model: 'gpt-9', messages: [{ role: 'user', content: 'hi' }] }),
    );
    expect(unknown).toMatchObject({ status: 404, code: 'model_not_found' });
  });

  test.each<[string, object, string]>([
    ['no messages', { messages: [] }, 'messages'],
    ['no question', { messages: [{ role: 'system', content: 'x' }] }, 'messages.0'],
    [
      'an image',
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
      'messages.0.content.0.type',
    ],
    ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
    ['two answers', { n: 2 }, 'n'],
    ['JSON', { response_format: { type: 'json_object' } }, 'response_format.type'],
    [
      'a role there is not',
      { messages: [{ role: 'tool', content: 'x', tool_call_id: '1' }] },
      'messages.0.role',
    ],
    ['a NUL', { messages: [{ role: 'user', content: 'a\0b' }] }, 'messages.0.content'],
    ['a number for text', { messages: [{ role: 'user', content: 3 }] }, 'messages.0.content'],
  ])('%s is a 400 that names it', async (_, fields, param) => {
    const body = { model: 'secretary', messages: [{ role: 'user', content: 'hi' }], ...fields };
    const error = await failure(openai.post('/chat/completions', { body }));
    expect(error).toMatchObject({ status: 400, type: 'invalid_request_error', param });
  });

  test('a body that is no JSON, a path that is not there and a verb that is not possible as well', async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const asked: [string, RequestInit, number][] = [
      ['chat/completions', { method: 'POST', headers, body: '{' }, 400],
      ['embeddings', { method: 'POST', headers, body: '{}' }, 404],
      ['chat/completions', { method: 'GET', headers }, 405],
    ];
    for (const [path, init, status] of asked) {
      const response = await fetch(`${famulus.url}/v1/${path}`, init);
      expect([path, response.status]).toEqual([path, status]);
      expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', param: null } });
    }
  });
});

describe('a client that goes away', () => {
  test('stops the turn', async () => {
    const { body: made } = await client.post<{ id: string }>('/api/assistants', {
      name: 'Slow',
      model: slow.model,
    });
    const stream = await openai.chat.completions.create({
      model: made.id,
      messages: [{ role: 'user', content: 'go on' }],
      stream: true,
    });
    let heard = '';
    for await (const { choices } of stream) {
      heard += choices[0]?.delta.content ?? '';
      if (heard.length > 20) break;
    }
    expect(heard).toContain('on and on');
    const [thread] = await threads(`?origin=api&assistant_id=${made.id}`);
    const reply = await until('the turn has ended', async () => {
      const found = (await messages(thread!.id)).find(({ role }) => role === 'assistant');
      return found?.status !== 'streaming' && found;
    });
    expect(reply.status).toBe('stopped');
  });
});

test('a token needs the scopes of the chat', async () => {
  const { body: made } = await client.post<{ token: string }>('/api/tokens', {
    name: 'read',
    scopes: ['chat:read'],
  });
  const reader = door(made.token);
  expect((await reader.models.list()).data.length).toBeGreaterThan(0);
  const error = await failure(
    reader.chat.completions.create({ model: 'secretary', messages: [{ role: 'user', content: 'hi' }] }),
  );
  expect(error).toBeInstanceOf(PermissionDeniedError);
  expect(error).toMatchObject({ type: 'permission_error' });
});
