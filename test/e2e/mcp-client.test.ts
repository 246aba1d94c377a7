import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { startChatServer, type ChatServer } from '#test/fakes/chat-server.ts';
import { INJECTED, startFakeMcp, type FakeMcp } from '#test/fakes/mcp-server.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { ask, mainThreadOf, said, type Page } from '#test/records.ts';
import { until } from '#test/until.ts';

interface Approval {
  id: string;
  request: { tool: string; arguments: unknown; reasons: string[] };
}

let fake: FakeMcp;
let chat: ChatServer;
let famulus: Program;
let admin: Client;
let ann: Client;
let thread: string;
let server: string;

beforeAll(async () => {
  fake = await startFakeMcp();
  chat = await startChatServer(() => ({ text: ['hello'] }));
  famulus = await startProgram({
    env: { ...chat.env, DEFAULT_MODEL: chat.model, OUTBOUND_ALLOW: fake.host },
  });
  const root = await createUserAndToken(famulus, {
    email: 'root@example.test',
    admin: true,
    scopes: ['system:admin'],
  });
  admin = createClient(famulus, root);
  ann = createClient(famulus, await createUserAndToken(famulus));
  thread = await mainThreadOf(ann);
  const attached = await admin.post<{ id: string; status: string }>('/api/mcp/servers', {
    name: 'notes',
    transport: 'http',
    url: fake.url,
  });
  if (attached.body.status !== 'connected') throw new Error(JSON.stringify(attached.body));
  server = attached.body.id;
});
afterAll(async () => {
  await famulus.remove();
  await chat[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

/** Lets ann's secretary use a tool. */
async function give(name: string, approval: 'auto' | 'ask' | null): Promise<void> {
  const tools = await ann.get<Page<{ id: string; name: string }>>('/api/tools?limit=200');
  const tool = tools.body.items.find((one) => one.name === name)!;
  const { body } = await ann.get<{ assistant_id: string }>('/api/threads/main');
  const link = await ann.put(`/api/assistants/${body.assistant_id}/tools/${tool.id}`, {
    is_active: true,
    sub_assistant_id: null,
    approval,
  });
  expect(link.status).toBe(200);
}

/** What strangers said stays in a thread, and taints it. */
async function beginThread(): Promise<void> {
  const { body } = await ann.get<{ assistant_id: string }>('/api/threads/main');
  thread = (await ann.post<{ id: string }>('/api/threads', { assistant_id: body.assistant_id })).body.id;
}

/** The model calls this tool, then says what came back. */
function calls(name: string, input: unknown): void {
  chat.play(({ messages }) => {
    const last = messages.at(-1);
    if (last?.role === 'tool')
      return {
        text: [`It said: ${typeof last.content === 'string' ? last.content : JSON.stringify(last.content)}`],
      };
    return { calls: [{ id: `call_${name}`, name, input }] };
  });
}

async function pending(): Promise<Approval | undefined> {
  const { body } = await ann.get<Page<Approval>>(`/api/approvals?status=pending&thread_id=${thread}`);
  return body.items[0];
}

/** Sends a message that has to be allowed, allows it, and gives what is said then. */
async function askAndApprove(text: string): Promise<{ approval: Approval; reply: string }> {
  await ann.post(`/api/threads/${thread}/messages`, { text });
  const approval = await until('the user to be asked', pending);
  expect((await ann.post(`/api/approvals/${approval.id}/approve`)).status).toBe(200);
  const reply = await until('the reply', async () => {
    const { body } = await ann.get<Page<Parameters<typeof said>[0]>>(
      `/api/threads/${thread}/messages?order=newest&limit=1`,
    );
    const last = body.items[0];
    return last?.role === 'assistant' && last.status === 'complete' ? said(last) : undefined;
  });
  return { approval, reply };
}

test('nobody’s assistant has the tools of an attached server, and models are not shown them', async () => {
  await ask(ann, thread, 'hello');
  const shown = chat.asked.at(-1)?.tools?.map((tool) => tool.function.name) ?? [];
  expect(shown).toContain('reminder');
  expect(shown.filter((name) => name.startsWith('notes_'))).toEqual([]);
  const bob = createClient(famulus, await createUserAndToken(famulus, { email: 'bob@example.test' }));
  await ask(bob, await mainThreadOf(bob), 'hello');
  expect(chat.asked.at(-1)?.tools?.filter((tool) => tool.function.name.startsWith('notes_'))).toEqual([]);
});

test('given to the secretary, a call is asked for, and carried out once when it is allowed', async () => {
  await give('notes_add_note', null);
  calls('notes_add_note', { text: 'milk' });
  const { approval, reply } = await askAndApprove('note milk');
  expect(approval.request).toMatchObject({
    tool: 'notes_add_note',
    arguments: { text: 'milk' },
    reasons: ['policy'],
  });
  expect(reply).toContain('"count":1');
  expect(fake.notes).toEqual(['milk']);
});

test('what a server says taints the turn: the next call asks, whatever the policy', async () => {
  await give('notes_inject', 'auto');
  await give('notes_add_note', 'auto');
  await beginThread();
  let step = 0;
  chat.play(() => {
    step++;
    if (step === 1) return { calls: [{ id: 'a', name: 'notes_inject', input: {} }] };
    if (step === 2) return { calls: [{ id: 'b', name: 'notes_add_note', input: { text: 'evil' } }] };
    return { text: ['done'] };
  });
  await ann.post(`/api/threads/${thread}/messages`, { text: 'read the page' });
  const approval = await until('the user to be asked', pending);
  expect(approval.request.reasons).toContain('tainted');
  expect(JSON.stringify(chat.asked.at(-1)?.messages)).toContain(INJECTED);
  expect(fake.notes).toEqual(['milk']);
  expect((await ann.post(`/api/approvals/${approval.id}/reject`)).status).toBe(200);
});

test('a tool that has changed asks, whatever the policy, and models see what was accepted', async () => {
  await give('notes_echo', 'auto');
  await beginThread();
  calls('notes_echo', { text: 'a' });
  const before = await ask(ann, thread, 'echo a');
  expect(said(before.reply)).toContain('It said');

  fake.tools.find(({ name }) => name === 'echo')!.description = INJECTED;
  const refreshed = await admin.post(`/api/mcp/servers/${server}/refresh`);
  expect(refreshed.body).toMatchObject({ changed_count: 1 });
  await beginThread();
  const { approval } = await askAndApprove('echo a');
  expect(approval.request.reasons).toEqual(['changed']);
  const tools = JSON.stringify(chat.asked.at(-1)?.tools);
  expect(tools).toContain('Says the text again.');
  expect(tools).not.toContain(INJECTED);
});

test('the program leaves nothing open when it stops', async () => {
  expect(await famulus.stop()).toEqual({ code: 0, signal: null });
});
