import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { projectDirectory } from '#app/config.ts';
import { createClient, type Client } from '#test/client.ts';
import { NOBODYS_ID } from '#test/http-requests.ts';
import { mcpClient, type McpTestClient } from '#test/mcp-client.ts';
import { createUserAndToken, startProgram, type Program, type TestUser } from '#test/program.ts';
import type { Page, ReminderRecord } from '#test/records.ts';
import { signIn } from '#test/sign-in.ts';

const execute = promisify(execFile);

const password = 'seven green lanterns';

let famulus: Program;
let ann: TestUser;
let bob: TestUser;
let rest: Client;
let mcp: McpTestClient;
let home: string;

beforeAll(async () => {
  famulus = await startProgram();
  ann = await createUserAndToken(famulus, { password });
  bob = await createUserAndToken(famulus, { email: 'bob@example.test', name: 'Bob' });
  rest = createClient(famulus, ann);
  mcp = await mcpClient(famulus, ann.token);
  home = await mkdtemp(join(tmpdir(), 'famulus-mcp-'));
});
afterAll(async () => {
  await mcp.client.close();
  await famulus.remove();
  await rm(home, { recursive: true, force: true });
});

async function tokenWith(...scopes: string[]): Promise<string> {
  const words = ['token', 'create', '--user', ann.email, '--name', 'narrow', '--scopes', scopes.join(',')];
  return (await famulus.run(words)).stdout.trimEnd().split('\n').at(-1)!;
}

/** One message as HTTP alone. */
async function post(message: unknown, headers: Record<string, string> = {}, token = ann.token) {
  return await fetch(`${famulus.url}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(message),
  });
}

const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

describe('reminders', () => {
  test('are set by words or by fields, and are those of the API', async () => {
    const byWords = await mcp.call<ReminderRecord>('reminder_create', {
      words: 'water the plants every weekday at 8:30',
    });
    expect(byWords.data).toMatchObject({
      type: 'recurring',
      payload: { text: 'water the plants' },
      timezone: 'Europe/Berlin',
    });
    const byFields = await mcp.call<ReminderRecord>('reminder_create', {
      text: 'new year',
      local_time: '2030-12-31T23:55',
    });
    expect(byFields.data?.next_local).toEqual(['2030-12-31T23:55:00+01:00[Europe/Berlin]']);
    const { body } = await rest.get<ReminderRecord>(`/api/reminders/${byFields.data?.id}`);
    expect(body).toEqual(byFields.data);
    expect(JSON.parse(byFields.text)).toEqual(byFields.data);
  });

  test('are listed page by page, changed, put off, done and cancelled', async () => {
    const first = await mcp.call<Page<ReminderRecord>>('reminder_list', { limit: 1 });
    expect(first.data?.items).toHaveLength(1);
    const second = await mcp.call<Page<ReminderRecord>>('reminder_list', {
      limit: 1,
      cursor: first.data?.next_cursor,
    });
    const { id } = second.data!.items[0]!;
    expect(id).not.toBe(first.data?.items[0]?.id);
    const wrongList = await mcp.call('memory_list', { cursor: first.data?.next_cursor });
    expect(wrongList).toMatchObject({ isError: true, data: undefined });

    const changed = await mcp.call('reminder_update', { id, text: 'happy new year', status: 'paused' });
    expect(changed.data).toMatchObject({ payload: { text: 'happy new year' }, status: 'paused' });
    const snoozed = await mcp.call('reminder_snooze', { id, minutes: 90 });
    expect(snoozed.data).toMatchObject({ type: 'one_time', status: 'active' });
    const done = await mcp.call('reminder_done', { id });
    expect(done.data).toMatchObject({ status: 'completed' });
    const cancelled = await mcp.call('reminder_cancel', { id: snoozed.data?.['id'] });
    expect(cancelled.data).toMatchObject({ status: 'cancelled' });
  });

  test('that cannot be are refused in words', async () => {
    const said = async (input: Record<string, unknown>) => {
      const { isError, text } = await mcp.call('reminder_create', input);
      expect(isError).toBe(true);
      return text;
    };
    expect(await said({ text: 'tea' })).toContain('trigger_at: give exactly one of');
    expect(await said({ words: 'tea' })).toContain('When?');
    expect(await said({ words: 'tea at 9', text: 'tea' })).toContain('exactly one of words and text');
    expect(await said({ text: 'tea', trigger_at: '2020-01-01T00:00:00Z' })).toContain('trigger_at');
    expect(await said({ text: 'tea', trigger_at: 'soon' })).toContain('must be an instant');
    expect(await said({ text: 'tea', cron_expression: '* * * * * *' })).toContain('(schedules.');
    expect(await said({ text: 'tea', local_time: '2030-01-01T09:00', whose: 'mine' })).toContain(
      'whose: is not a known field',
    );
    expect(await said({ text: 'tea', local_time: '2030-01-01T09:00', assistant_id: NOBODYS_ID })).toContain(
      'assistant_id: is not one of yours',
    );
    expect((await mcp.call('reminder_done', { id: NOBODYS_ID })).text).toContain('No such reminder');
  });
});

test('schedules are listed and previewed', async () => {
  const listed = await mcp.call<Page<{ text: string }>>('schedule_list', { limit: 200 });
  expect(listed.data?.items.map(({ text }) => text)).toContain('water the plants');
  const preview = await mcp.call<{ local: string[] }>('schedule_preview', {
    cron_expression: '0 9 * * *',
    timezone: 'Asia/Tokyo',
    from: '2026-01-01T00:00:00Z',
    count: 1,
  });
  expect(preview.data?.local).toEqual(['2026-01-02T09:00:00+09:00[Asia/Tokyo]']);
  const never = await mcp.call('schedule_preview', { cron_expression: '0 0 30 2 *' });
  expect(never).toMatchObject({ isError: true });
});

test('facts are remembered, found, listed and forgotten', async () => {
  const kept = await mcp.call('memory_remember', { key: 'wifi password', value: 'correct horse' });
  expect(kept.data).toMatchObject({ key: 'wifi password', value: 'correct horse', source: 'assistant' });
  const found = await mcp.call<{ items: { value: string }[] }>('memory_search', { query: 'wifi' });
  expect(found.data?.items.map(({ value }) => value)).toEqual(['correct horse']);
  expect((await mcp.call<Page<unknown>>('memory_list')).data?.items).toHaveLength(1);
  expect((await mcp.call('memory_forget', { key: 'wifi password' })).data).toMatchObject({ forgotten: true });
  expect((await mcp.call('memory_forget', { key: 'wifi password' })).data).toMatchObject({
    forgotten: false,
  });
});

test('an assistant is asked and its reply waited for; what was said is read again', async () => {
  const asked = { text: 'what time is it in Tokyo?', client_message_id: 'first' };
  const answer = await mcp.call<{ thread_id: string; turn_id: string; reply: { text: string } }>(
    'chat_send',
    asked,
  );
  expect(answer.data?.reply.text).toContain('Tokyo');
  expect((await mcp.call('chat_send', asked)).data).toEqual(answer.data);
  const threads = await mcp.call<Page<{ id: string }>>('chat_threads');
  expect(threads.data?.items.map(({ id }) => id)).toEqual([answer.data?.thread_id]);
  const messages = await mcp.call<Page<{ role: string; text: string }>>('chat_messages', {
    thread_id: answer.data?.thread_id,
  });
  expect(messages.data?.items.map(({ role, text }) => ({ role, text }))).toEqual([
    { role: 'assistant', text: answer.data?.reply.text },
    { role: 'user', text: asked.text },
  ]);
  const unanswered = await mcp.call('chat_send', { text: 'and in Paris?', wait_s: 0 });
  expect(unanswered.data).toMatchObject({ thread_id: answer.data?.thread_id });
});

test('who waits for a reply is answered as a stream, who takes only JSON as JSON', async () => {
  const call = {
    jsonrpc: '2.0',
    id: 'a',
    method: 'tools/call',
    params: { name: 'chat_send', arguments: { text: 'hello' } },
  };
  const streamed = await post(call);
  expect(streamed.headers.get('content-type')).toBe('text/event-stream');
  expect(await streamed.text()).toContain('"structuredContent"');
  const whole = await post(call, { accept: 'application/json' });
  expect(whole.headers.get('content-type')).toBe('application/json');
  expect(await whole.json()).toMatchObject({ id: 'a', result: { structuredContent: {} } });
});

test('a notification to oneself', async () => {
  const sent = await mcp.call('notification_send', { title: 'Build', message: 'is green', priority: 4 });
  expect(sent.data).toMatchObject({ kind: 'system', message: 'is green', priority: 4 });
});

describe('who may do what', () => {
  test('a token sees and calls the tools of its scopes alone', async () => {
    await using narrow = await mcpClient(famulus, await tokenWith('reminders:read', 'memory:write'));
    expect((await narrow.tools()).toSorted()).toEqual([
      'memory_forget',
      'memory_remember',
      'reminder_list',
      'schedule_list',
      'schedule_preview',
    ]);
    const refused = await narrow.call('reminder_create', { words: 'tea tomorrow at 9' });
    expect(refused).toMatchObject({ isError: true, data: undefined });
    expect(refused.text).toContain('lacks the scope reminders:write');
    await using none = await mcpClient(famulus, await tokenWith('calendar:read'));
    expect(await none.tools()).toEqual([]);
  });

  test('nobody sees or changes what is another user’s', async () => {
    const { data } = await mcp.call<ReminderRecord>('reminder_create', { words: 'secret in 3 hours' });
    const chat = await mcp.call<{ thread_id: string }>('chat_send', { text: 'hello', wait_s: 0 });
    await mcp.call('memory_remember', { key: 'secret', value: 'mine' });
    await using other = await mcpClient(famulus, bob.token);
    const lists = ['reminder_list', 'schedule_list', 'memory_list', 'chat_threads'];
    for (const name of lists) expect((await other.call<Page<unknown>>(name)).data?.items, name).toEqual([]);
    expect((await other.call('memory_search', { query: 'secret' })).data).toEqual({ items: [] });
    expect((await other.call('memory_forget', { key: 'secret' })).data).toMatchObject({ forgotten: false });
    const refused = [
      await other.call('reminder_update', { id: data?.id, text: 'taken over' }),
      await other.call('reminder_cancel', { id: data?.id }),
      await other.call('reminder_snooze', { id: data?.id, minutes: 5 }),
      await other.call('reminder_done', { id: data?.id }),
      await other.call('chat_messages', { thread_id: chat.data?.thread_id }),
      await other.call('chat_send', { thread_id: chat.data?.thread_id, text: 'hello' }),
    ];
    for (const { isError, text } of refused) {
      expect(isError).toBe(true);
      expect(text).toMatch(/not_found/);
    }
    expect((await rest.get<ReminderRecord>(`/api/reminders/${data?.id}`)).body).toEqual(data);
  });

  test('without a bearer token nobody comes in, not with a session’s cookie either', async () => {
    const answer = await fetch(`${famulus.url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(listTools),
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect((await post(listTools, {}, 'fam_nobodys')).status).toBe(401);
    const signedIn = await fetch(`${famulus.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ann.email, password }),
    });
    const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]);
    expect(cookie.join('')).not.toBe('');
    const byCookie = await fetch(`${famulus.url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookie.join('; ') },
      body: JSON.stringify(listTools),
    });
    expect(byCookie.status).toBe(401);
  });

  test('an access token opens it as an API token does', async () => {
    await using signedIn = await mcpClient(famulus, await signIn(famulus, { email: ann.email, password }));
    expect(await signedIn.tools()).toContain('reminder_create');
  });

  test('pages of other sites are refused, even with a token', async () => {
    for (const origin of ['https://evil.example', 'null', `http://rebound.example:${famulus.port}`])
      expect((await post(listTools, { origin })).status, origin).toBe(403);
    expect((await post(listTools, { origin: famulus.url })).status).toBe(200);
  });
});

describe('the protocol', () => {
  test('has no stream and no session to end', async () => {
    for (const method of ['GET', 'DELETE']) {
      const answer = await fetch(`${famulus.url}/mcp`, {
        method,
        headers: { authorization: `Bearer ${ann.token}`, accept: 'text/event-stream' },
      });
      expect(answer.status, method).toBe(405);
      expect(answer.headers.get('allow')).toBe('POST');
    }
    expect((await post(listTools)).headers.get('mcp-session-id')).toBeNull();
  });

  test('takes notifications, and says what it does not know', async () => {
    const told = await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    expect(told.status).toBe(202);
    const unknown = await post({ jsonrpc: '2.0', id: 5, method: 'resources/list' });
    expect(await unknown.json()).toMatchObject({ id: 5, error: { code: -32601 } });
    expect(await mcp.call('no_such_tool')).toMatchObject({ isError: true });
  });

  test('what is no message of it is refused, batches too', async () => {
    for (const [message, status] of [
      [[listTools, listTools], 422],
      [{ ...listTools, jsonrpc: '1.0' }, 422],
      [{ jsonrpc: '2.0', id: 1 }, 422],
      [{ ...listTools, whose: 'mine' }, 422],
      [{ ...listTools, params: { _meta: { progressToken: {} } } }, 422],
      ['text', 422],
    ] as const) {
      expect((await post(message)).status, JSON.stringify(message)).toBe(status);
    }
    const future = await post(listTools, { 'mcp-protocol-version': '2199-01-01' });
    expect(future.status).toBe(400);
    expect(await future.json()).toMatchObject({ code: 'mcp.malformed' });
  });

  test('a client that speaks of a schema we cannot store is told so', async () => {
    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'memory_remember', arguments: { key: 'a\0b', value: 'c' } },
    };
    expect((await post(call)).status).toBe(422);
  });
});

test('a message needs none before it, so that any process may answer it', async () => {
  const params = { name: 'reminder_create', arguments: { words: 'tea in 2 hours' } };
  const answer = await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  expect(await answer.json()).toMatchObject({ result: { structuredContent: { payload: { text: 'tea' } } } });
});

describe('other programs', () => {
  const bin = (name: string) => join(projectDirectory, 'node_modules/.bin', name);
  const run = async (command: string, args: string[]) => {
    const env = { PATH: process.env['PATH'], HOME: home, NO_COLOR: '1' };
    // Each ends with an error where the tool refuses.
    return await execute(command, args, { cwd: home, env }).catch(
      (error: unknown) => error as { stdout: string; stderr: string },
    );
  };

  test('the inspector lists the tools and finds nothing wrong with their schemas', async () => {
    const at = [
      `${famulus.url}/mcp`,
      '--transport',
      'http',
      '--header',
      `Authorization: Bearer ${ann.token}`,
    ];
    const { stdout, stderr } = await run(bin('inspector'), [
      '--cli',
      ...at,
      '--method',
      'tools/list',
      '--strict',
    ]);
    expect(stderr).toContain('0 errors');
    expect((JSON.parse(stdout) as { tools: unknown[] }).tools).toHaveLength((await mcp.tools()).length);

    const call = ['--method', 'tools/call', '--tool-name', 'reminder_create', '--tool-arg'];
    const set = await run(bin('inspector'), ['--cli', ...at, ...call, 'words=call Eve tomorrow at 9']);
    expect(set.stdout).toContain('call Eve');
    const refused = await run(bin('inspector'), ['--cli', ...at, ...call, 'words=tea']);
    expect(refused).toMatchObject({ stdout: expect.stringContaining('"isError": true') as string });
  });

  test('mcporter asks an assistant', async () => {
    const at = ['--http-url', `${famulus.url}/mcp`, '--allow-http', '--no-oauth', '--name', 'famulus'];
    const { stdout } = await run(bin('mcporter'), [
      'call',
      ...at,
      '--header',
      `Authorization=Bearer ${ann.token}`,
      'famulus.chat_send',
      'text=what time is it in Tokyo?',
      '--output',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ reply: { status: 'complete' } });
  });
});

test('nothing of all this was an error of ours', () => {
  const lines = famulus.output().stderr.split('\n');
  expect(lines.filter((line) => /"level":"(?:error|fatal)"/.test(line))).toEqual([]);
});
