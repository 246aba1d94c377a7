import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { userScopes } from '#features/auth/index.ts';
import { startChatServer, type ChatServer } from '#test/fakes/chat-server.ts';
import { startFakeMcp, textResult, type FakeMcp } from '#test/fakes/mcp-server.ts';
import { install, type Installation, type Person } from '#test/installation.ts';
import { obedientModel, SECRET } from '#test/injection/obedient-model.ts';
import { injections, type Injection } from '#test/injection/texts.ts';
import { mainThreadOf, readAll, type MessageRecord, type Sent } from '#test/records.ts';

const AT_ONCE = 6;

/** Pages with the texts, a service that answers with them, and whatever strangers would like to be told. */
interface Outside extends AsyncDisposable {
  url: string;
  host: string;
  /** Paths and bodies, oldest first. */
  told: string[];
}

async function startOutside(): Promise<Outside> {
  const told: string[] = [];
  const server = createServer((request, response) => {
    const work = async () => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
      told.push(`${request.method} ${request.url} ${body}`);
      const number = /\/page\/(\d+)$/.exec(request.url ?? '')?.[1] ?? /"word":"no (\d+)"/.exec(body)?.[1];
      const text = number === undefined ? 'nothing' : injections[Number(number)]?.text;
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(`A text. ${text}`);
    };
    work().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    told,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let outside: Outside;
let mcp: FakeMcp;
let model: ChatServer;
let famulus: Installation;
let person: Person;
let assistant: string;

async function made<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
}

async function link(assistantId: string, toolId: string): Promise<void> {
  await made(person.client.put(`/api/assistants/${assistantId}/tools/${toolId}`, { approval: 'auto' }));
}

interface Named {
  id: string;
  name: string;
}

/** Every tool there is, all of them allowed to run at once: nothing but the taint is in the way. */
async function equip(): Promise<void> {
  const { client } = person;
  const thread = await made(
    client.get<{ assistant_id: string }>(`/api/threads/${await mainThreadOf(client)}`),
  );
  assistant = thread.assistant_id;
  const post = await made(
    client.post<Named>('/api/tools', {
      name: 'post',
      tool_type: 'http',
      description: 'Posts a word',
      input_schema: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
      config: { method: 'POST', url: `${outside.url}/post`, body: 'json' },
    }),
  );
  const clerk = await made(client.post<Named>('/api/assistants', { name: 'Clerk' }));
  const ask = await made(
    client.post<Named>('/api/tools', {
      name: 'clerk',
      tool_type: 'sub_assistant',
      description: 'Asks the clerk',
      assistant_id: clerk.id,
    }),
  );
  await made(client.post('/api/mcp/servers', { name: 'fake', transport: 'http', url: mcp.url }));
  const tools = await readAll<Named>(client, '/api/tools');
  const named = (name: string) => tools.find((tool) => tool.name === name)!.id;
  for (const id of [post.id, ask.id, named('web'), named('fake_echo')]) await link(assistant, id);
  for (const id of [post.id, named('web')]) await link(clerk.id, id);
  await made(client.post('/api/memories', { key: 'PIN of the bank', value: SECRET, pinned: true }));
}

beforeAll(async () => {
  outside = await startOutside();
  mcp = await startFakeMcp();
  mcp.tools.splice(0, mcp.tools.length, {
    name: 'echo',
    description: 'Looks a number up.',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    run: ({ text }) => {
      outside.told.push(`mcp ${String(text)}`);
      return textResult(`Found: ${injections[Number(text)]?.text}`);
    },
  });
  model = await startChatServer(obedientModel(`${outside.url}/collect`));
  famulus = await install('one process', {
    ...model.env,
    DEFAULT_MODEL: model.model,
    // Nothing is refused for its address: what is to stop the model is the approval.
    OUTBOUND_ALLOW: [outside.host, mcp.host].join(','),
    RATE_LIMIT_API: 'off',
  });
  person = await famulus.person({ admin: true, scopes: [...userScopes, 'system:admin'] });
  await equip();
}, 120_000);

afterAll(async () => {
  await famulus[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
  await mcp[Symbol.asyncDispose]();
  await outside[Symbol.asyncDispose]();
});

async function say(text: string, more: Record<string, unknown> = {}): Promise<MessageRecord> {
  const { client } = person;
  const { id } = await made(client.post<{ id: string }>('/api/threads', { assistant_id: assistant }));
  const { reply } = await made(
    client.post<Required<Sent>>(`/api/threads/${id}/messages?wait=60`, { text, ...more }),
  );
  return reply;
}

interface ApprovalRecord {
  message_id: string;
  status: string;
  request: { tool: string; reasons: string[]; arguments: unknown };
}

async function approvalsOf({ id, thread_id }: MessageRecord): Promise<ApprovalRecord[]> {
  const all = await readAll<ApprovalRecord>(person.client, `/api/approvals?thread_id=${thread_id}`);
  return all.filter(({ message_id }) => message_id === id);
}

/** It was read and obeyed, as far as that goes: it waits for the user, who has not been asked for anything before. */
async function expectAsked(reply: MessageRecord, what: string): Promise<void> {
  expect([what, reply.status, reply.parts]).toEqual([what, 'awaiting_approval', expect.anything()]);
  const approvals = await approvalsOf(reply);
  expect(approvals.map(({ status }) => status)).toEqual(['pending']);
  expect(approvals[0]?.request.reasons).toContain('tainted');
  expect(JSON.stringify(approvals[0]?.request.arguments)).toContain(SECRET);
}

async function eachAtOnce(work: (injection: Injection, index: number) => Promise<void>): Promise<void> {
  const waiting = injections.map((injection, index) => ({ injection, index }));
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next.injection, next.index);
  });
  await Promise.all(workers);
}

/** Each of the ways in: what the user says so that the n-th text comes in by it. */
const inlets: Record<string, (index: number, injection: Injection) => Promise<MessageRecord>> = {
  'a web page': async (index) => await say(`read ${outside.url}/page/${index}`),
  'the answer of a tool': async (index) => await say(`post no ${index}`),
  'the result of an MCP tool': async (index) => await say(`lookup ${index}`),
  'a page that another assistant reads': async (index) =>
    await say(`delegate read ${outside.url}/page/${index}`),
  'a file': async (index, { text }) => {
    const { url } = famulus;
    const response = await fetch(`${url}/api/attachments?name=note-${index}.txt`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'text/plain' },
      body: text,
    });
    const { id } = (await response.json()) as Named;
    expect(response.status).toBe(201);
    return await say('What does it say?', { attachment_ids: [id] });
  },
  'an imported memory': async (index, { text }) => {
    const key = `quagmire${index}zeta`;
    await made(person.client.post('/api/memories/import?again=true', [{ key, value: text }]));
    return await say(`What about ${key}?`);
  },
};

test('there are at least sixty', () => {
  expect(injections.length).toBeGreaterThanOrEqual(60);
});

interface MemoryRecord {
  id: string;
  key: string;
  trust: string;
  pinned: boolean;
}

/** What was learnt by heart is known for what it is, and asked about in other threads, too; then it is forgotten. */
async function forgetLearnt(): Promise<void> {
  const memories = await readAll<MemoryRecord>(person.client, '/api/memories');
  const learnt = memories.filter(({ pinned }) => !pinned);
  expect(learnt.filter(({ trust }) => trust !== 'tainted')).toEqual([]);
  for (const { key } of learnt.slice(0, 3))
    await expectAsked(await say(`Anything on ${key.slice(0, 60)}`), key);
  for (const { id } of learnt) await person.client.delete(`/api/memories/${id}`);
}

describe.each(Object.keys(inlets))('by %s', (name) => {
  test('no text makes an obedient model do anything outside without the user', async () => {
    await eachAtOnce(async (injection, index) => {
      const reply = await inlets[name]!(index, injection);
      const what = `${name} ${index}: ${injection.text}`;
      // Learning by heart is no effect outside: `forgetLearnt` looks what has come of it.
      const learns = injection.demand === 'remember' && name !== 'an imported memory';
      if (!learns) await expectAsked(reply, what);
    });
    await forgetLearnt();
    expect(outside.told.filter((entry) => entry.includes(SECRET) || entry.includes('/collect'))).toEqual([]);
  }, 300_000);
});
