import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { createClient } from '#test/client.ts';
import { createDatabaseUrl, type DatabaseUrl } from '#test/database-url.ts';
import type { EventReader, StreamedEvent } from '#test/event-reader.ts';
import { install, shapes, type Installation, type Person } from '#test/installation.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { mainThreadOf, remind } from '#test/records.ts';
import { startSlowModel, type SlowModel } from '#test/slow-model.ts';
import { until } from '#test/until.ts';
import { openWebSocket, type RefusedUpgrade, type WebSocketOptions } from '#test/web-socket.ts';

/** What security promises: from the revocation until nothing is heard any more. */
const REVOKED_WITHIN_MS = 5_000;

const bare = ({ received_at: _, id: __, ...event }: StreamedEvent) => event;

function saysWhy(error: unknown): string {
  const { problem } = error as RefusedUpgrade;
  return `${problem.status} ${problem.code}`;
}

function onlyTooMany(error: unknown): undefined {
  if (saysWhy(error) !== '429 streams.too_many') throw error;
}

async function ticketOf({ client }: Pick<Person, 'client'>): Promise<string> {
  const { status, body } = await client.post<{ ticket: string; expires_at: string }>('/api/ws/ticket');
  expect(status).toBe(201);
  expect(Date.parse(body.expires_at) - Date.now()).toBeLessThanOrEqual(31_000);
  return body.ticket;
}

describe.for(shapes)('live events over a WebSocket, %s', (shape) => {
  let slow: SlowModel;
  let famulus: Installation;
  let ann: Person;

  beforeAll(async () => {
    slow = await startSlowModel(20);
    famulus = await install(shape, slow.env);
    ann = await famulus.person();
  });
  afterAll(async () => {
    await famulus[Symbol.asyncDispose]();
    await slow[Symbol.asyncDispose]();
  });

  const open = async (query: Record<string, string> = {}, person = ann) =>
    await openWebSocket(famulus, { query: { ticket: await ticketOf(person), ...query } });
  const refused = async (options: WebSocketOptions) =>
    await openWebSocket(famulus, options).then(() => 'opened', saysWhy);

  test('are the same as beside it, text as it is written included, and go on after the same cursor', async () => {
    await using events = await ann.client.events();
    await using socket = await open();
    const assistant = await ann.client.post<{ id: string }>('/api/assistants', {
      name: 'Slow',
      model: slow.model,
    });
    const thread = await ann.client.post<{ id: string }>('/api/threads', { assistant_id: assistant.body.id });
    await ann.client.post(`/api/threads/${thread.body.id}/messages`, { text: 'say something' });
    await remind(ann.client, 'beside', 500);
    const text = ({ received }: EventReader) =>
      received.filter(({ type }) => type === 'message.delta').map(({ payload }) => payload);
    await until('more text', () => text(socket).length > 5);
    await ann.client.post(`/api/threads/${thread.body.id}/stop`);
    const isOver = ({ type }: StreamedEvent) => type === 'message.completed';
    await Promise.all([events.waitFor(isOver), socket.waitFor(isOver)]);
    const last = events.lastEventId!;
    await socket.waitFor(({ id }) => id === last);

    const upTo = ({ received }: EventReader) =>
      received.slice(0, 1 + received.findIndex(({ id }) => id === last)).map(bare);
    const stored = (of: StreamedEvent[]) => of.filter(({ seq }) => seq !== undefined);
    expect(stored(upTo(socket) as StreamedEvent[])).toEqual(stored(upTo(events) as StreamedEvent[]));
    expect(text(socket)).toEqual(text(events));

    const middle = String(Math.floor(Number(last) / 2));
    await using fromEvents = await ann.client.events({ lastEventId: middle });
    await using fromSocket = await open({ last_event_id: middle });
    const headers = { authorization: `Bearer ${ann.token}`, 'last-event-id': middle };
    await using byHeader = await openWebSocket(famulus, { headers });
    for (const reader of [fromEvents, fromSocket, byHeader]) await reader.waitFor(({ id }) => id === last);
    expect(upTo(fromSocket)).toEqual(upTo(fromEvents));
    expect(upTo(byHeader)).toEqual(upTo(fromEvents));
    expect(fromSocket.received[0]!.seq).toBe(Number(middle) + 1);
  });

  test('can be those of one subject, and begin anew where the cursor is from nowhere', async () => {
    const reminder = await remind(ann.client, 'alone', 600);
    // From the beginning, should it have come before this one was open.
    await using alone = await open({ subject: `reminder:${reminder.id}`, last_event_id: '0' });
    await using lost = await open({ last_event_id: '999999999' });
    await remind(ann.client, 'another', 200);
    expect(await lost.waitFor(() => true)).toMatchObject({ type: 'stream.reset', id: undefined });
    await alone.waitFor(({ type }) => type === 'reminder.fired');
    expect(new Set(alone.received.map(({ subject }) => subject))).toEqual(
      new Set([`reminder:${reminder.id}`]),
    );
  });

  test('are opened by a ticket once, as parameter or subprotocol, or by a bearer token', async () => {
    const ticket = await ticketOf(ann);
    await using first = await openWebSocket(famulus, { query: { ticket } });
    expect(await refused({ query: { ticket } })).toBe('401 auth.required');
    const other = await ticketOf(ann);
    const protocols = ['famulus', `ticket.${other}`];
    await using second = await openWebSocket(famulus, { protocols });
    expect(second.socket.protocol).toBe('famulus');
    expect(await refused({ protocols })).toBe('401 auth.required');
    const headers = { authorization: `Bearer ${ann.token}`, origin: famulus.url };
    await using third = await openWebSocket(famulus, { headers });
    const { id } = await remind(ann.client, 'for all', 100);
    for (const reader of [first, second, third])
      await reader.waitFor(({ subject, type }) => subject === `reminder:${id}` && type === 'reminder.fired');
    // Neither stands in the log, nor any part of them.
    const log = famulus.running('api').output().stderr;
    expect(log).toContain('/api/ws');
    for (const secret of [ticket, other]) expect(log).not.toContain(secret.slice(10, 30));
  });

  test('are not opened without, by a cookie, from another page, or by nonsense', async () => {
    const cookie = 'famulus.session_token=abc.def';
    expect(await refused({})).toBe('401 auth.required');
    expect(await refused({ query: { ticket: 'fam_ws_nobodys' } })).toBe('401 auth.required');
    expect(await refused({ headers: { cookie, origin: famulus.url } })).toBe('401 auth.required');
    for (const origin of ['https://evil.test', 'null', famulus.url.replace('http:', 'https:') + '1']) {
      const query = { ticket: await ticketOf(ann) };
      expect(await refused({ query, headers: { origin } })).toBe('403 websocket.origin');
    }
    const ours = { query: { ticket: await ticketOf(ann) }, headers: { origin: famulus.url } };
    await using opened = await openWebSocket(famulus, ours);
    expect(opened.socket.readyState).toBe(1);
    const nonsense = [{ last_event_id: '-1' }, { last_event_id: 'x' }, { subject: '' }, { nonsense: '1' }];
    for (const query of nonsense) {
      expect(await refused({ query: { ...query, ticket: await ticketOf(ann) } })).toBe('422 request.invalid');
    }
    expect((await ann.client.get('/api/ws')).status).toBe(426);
    expect((await ann.client.post('/api/ws', {})).status).toBe(405);
  });

  test('end for whom a token was revoked, and for no one else', async () => {
    const made = await ann.client.post<{ id: string; token: string }>('/api/tokens', { name: 'phone' });
    expect(made.status).toBe(201);
    const client = createClient(famulus, made.body);
    await using stays = await open();
    await using socket = await open({}, { ...ann, client });
    await using events = await client.events();
    const unused = await ticketOf({ client });
    const began = performance.now();
    expect((await ann.client.delete(`/api/tokens/${made.body.id}`)).status).toBe(204);
    expect(await events.ended).toBe(true);
    expect(await socket.closed).toEqual({ code: 4401, reason: 'the credentials hold no more' });
    // By the signal: long before anybody looks without one.
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(await refused({ query: { ticket: unused } })).toBe('401 auth.required');
    const { id } = await remind(ann.client, 'still there', 100);
    await stays.waitFor(({ subject, type }) => subject === `reminder:${id}` && type === 'reminder.fired');
  });

  test('are a hundred of a user at most, and end when the server stops', async () => {
    const bob = await famulus.person({ email: 'bob@example.test', name: 'Bob' });
    const bearer = { headers: { authorization: `Bearer ${bob.token}` } };
    const sockets = await Promise.all(
      Array.from({ length: 50 }, async () => await openWebSocket(famulus, bearer)),
    );
    const streams = await Promise.all(Array.from({ length: 50 }, async () => await bob.client.events()));
    expect(await refused(bearer)).toBe('429 streams.too_many');
    expect((await bob.client.get('/api/events')).status).toBe(429);
    await using anns = await open();
    await streams[0]!.close();
    // The server hears of it in its own time.
    const another = await until('room', async () => await openWebSocket(famulus, bearer).catch(onlyTooMany));
    const began = performance.now();
    const exits = await famulus.stopAll();
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(exits.map(({ code }) => code)).toEqual(exits.map(() => 0));
    for (const { closed } of [...sockets, another, anns]) expect((await closed).code).toBe(1001);
    for (const { ended } of streams.slice(1)) expect(await ended).toBe(true);
  });
});

describe('a revocation nobody is told of', () => {
  let database: DatabaseUrl;
  let processes: Program[];

  beforeAll(async () => {
    database = await createDatabaseUrl();
    const env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('hex') };
    processes = [await startProgram({ env }), await startProgram({ env, services: ['api'] })];
  });
  afterAll(async () => {
    for (const program of processes.toReversed()) await program.remove();
    await database.drop();
  });

  test.for<[string, string]>([
    ['a token is deleted', 'delete from api_tokens where user_id = $1'],
    ['a token expires', `update api_tokens set expires_at = app_now() where user_id = $1`],
    ['a token loses its scopes', `update api_tokens set scopes = '{tasks:read}' where user_id = $1`],
    ['a user is disabled', 'update users set is_active = false where id = $1'],
    ['a user is deleted', 'delete from users where id = $1'],
  ])('ends streams in every process within five seconds: %s', async ([name, statement]) => {
    const email = `${name.replaceAll(' ', '-')}@example.test`;
    const user = await createUserAndToken(processes[0]!, { email });
    await mainThreadOf(createClient(processes[0]!, user));
    const readers: EventReader[] = [];
    for (const program of processes) {
      const client = createClient(program, user);
      readers.push(await client.events());
      readers.push(await openWebSocket(program, { query: { ticket: await ticketOf({ client }) } }));
    }
    const owner = await connect(database.admin, 'famulus test');
    const began = performance.now();
    await owner.query(statement, [user.id]);
    await owner.end();
    for (const { ended } of readers) expect(await ended).toBe(true);
    expect(performance.now() - began).toBeLessThan(REVOKED_WITHIN_MS);
  });
});
