import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { userScopes } from '#features/auth/index.ts';
import {
  lastSaid,
  startChatServer,
  toolAnswers,
  type ChatScript,
  type ChatServer,
} from '#test/fakes/chat-server.ts';
import { install, type Installation, type Person } from '#test/installation.ts';
import { ask, mainThreadOf, said, type MessageRecord } from '#test/records.ts';

let provider: ChatServer;
let famulus: Installation;
let person: Person;
let thread: string;
let assistant: string;

const fine: ChatScript = () => ({ text: ['All ', 'is well.'] });

beforeAll(async () => {
  provider = await startChatServer(fine);
  famulus = await install('one process', { ...provider.env, DEFAULT_MODEL: provider.model });
  person = await famulus.person({ admin: true, scopes: [...userScopes, 'system:admin'] });
  thread = await mainThreadOf(person.client);
  assistant = (await person.client.get<{ assistant_id: string }>(`/api/threads/${thread}`)).body.assistant_id;
}, 120_000);

afterAll(async () => {
  await famulus[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

/** Ends the provider's rest, should an earlier test have brought it about: an admin's check does. */
beforeEach(async () => {
  provider.play(fine);
  await person.client.post('/api/models/check', { model: provider.model });
  provider.asked.length = 0;
});

async function limit(settings: Record<string, unknown>): Promise<void> {
  const { status } = await person.client.patch(`/api/assistants/${assistant}`, { settings });
  expect(status).toBe(200);
}

async function answerTo(text: string): Promise<MessageRecord> {
  return (await ask(person.client, thread, text)).reply;
}

describe('a provider that fails', () => {
  test.each<[string, ChatScript, number]>([
    ['refuses the key', () => ({ status: 401 }), 1],
    [
      'has too much to do, for longer than we wait',
      () => ({ status: 429, headers: { 'retry-after': '600' } }),
      1,
    ],
    ['fails', () => ({ status: 500 }), 3],
    ['is overloaded', () => ({ status: 529 }), 3],
    ['answers nothing', () => ({ text: [] }), 3],
    ['breaks off', () => ({ text: ['All is ', 'wel'], ending: 'cut' }), 3],
    ['answers garbage', () => ({ raw: 'data: {"choices":[{"del\n\n' }), 3],
    ['answers no stream but a page', () => ({ raw: '<html>Bad gateway</html>' }), 3],
  ])('%s: the built-in model answers, and the reply says so', async (_, script, requests) => {
    await limit({});
    provider.play(script);
    const reply = await answerTo('what time is it in Tokyo?');
    expect(reply).toMatchObject({ status: 'complete', model: 'builtin/offline' });
    expect(said(reply)).toContain('Tokyo');
    expect(said(reply)).not.toContain('wel');
    expect(provider.asked.length).toBeLessThanOrEqual(requests);
    expect(provider.asked.length).toBeGreaterThan(0);
  });

  test('asks for patience that is short: it is asked again, and answers', async () => {
    await limit({});
    provider.play((_, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '1' } } : { text: ['Here I am.'] },
    );
    const begun = Date.now();
    const reply = await answerTo('hello?');
    expect(reply).toMatchObject({ status: 'complete', model: provider.model });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(950);
    expect(said(reply)).toBe('Here I am.');
  });

  test.each<[string, ChatScript]>([
    ['hangs', () => ({ text: [], ending: 'hang' })],
    ['drips', () => ({ text: Array.from({ length: 500 }, () => 'x '), drip_ms: 100 })],
  ])('%s: the turn ends with its time, and says why', async (_, script) => {
    await limit({ max_seconds: 2 });
    provider.play(script);
    const begun = Date.now();
    const reply = await answerTo('hello?');
    expect(reply).toMatchObject({ status: 'failed', error: expect.stringContaining('2 s') as string });
    expect(Date.now() - begun).toBeLessThan(20_000);
  });
});

test('one that keeps failing is not asked for a while, and is asked again when it is well', async () => {
  await limit({});
  provider.play(() => ({ status: 500 }));
  for (let n = 0; n < 4; n++) await answerTo('hello?');
  const asked = provider.asked.length;
  const begun = Date.now();
  expect(await answerTo('hello?')).toMatchObject({ status: 'complete', model: 'builtin/offline' });
  expect(provider.asked.length).toBe(asked);
  expect(Date.now() - begun).toBeLessThan(5_000);
  provider.play(fine);
  await person.client.post('/api/models/check', { model: provider.model });
  expect(await answerTo('hello?')).toMatchObject({ status: 'complete', model: provider.model });
});

describe('a model that does not know what it does', () => {
  test('asks for a tool there is not: it is told which there are', async () => {
    await limit({});
    provider.play((request) =>
      toolAnswers(request).length === 0
        ? { calls: [{ id: 'a', name: 'teleport', input: { to: 'Mars' } }] }
        : { text: [toolAnswers(request).join()] },
    );
    const reply = await answerTo('beam me up');
    expect(said(reply)).toContain('teleport');
    expect(said(reply)).toContain('reminder');
  });

  test('writes input that is no JSON, or is wrong: it is told, and may mend it', async () => {
    await limit({});
    provider.play((request) => {
      const answers = toolAnswers(request);
      if (answers.length === 0) return { calls: [{ id: 'a', name: 'time', input: '{"timezone": "Asia/To' }] };
      if (answers.length === 1) return { calls: [{ id: 'a', name: 'memory', input: { action: 'fly' } }] };
      return { text: [answers.join(' ## ')] };
    });
    const reply = await answerTo(`what time is it?`);
    expect(reply.status).toBe('complete');
    expect(said(reply)).toMatch(/##.*action/s);
  });

  test('asks for tools without end: the steps are bounded', async () => {
    await limit({ max_steps: 4 });
    provider.play((request, count) => ({
      calls: [{ id: `c${count}`, name: 'time', input: { question: lastSaid(request) } }],
    }));
    const reply = await answerTo('go on');
    expect(reply.status).toBe('complete');
    expect(said(reply)).toContain('more than the 4 steps');
    expect(provider.asked.length).toBe(4);
  });
});
