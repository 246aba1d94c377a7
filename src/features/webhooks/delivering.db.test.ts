import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  openWorkerSession,
  startLaneWorker,
  type LaneWorker,
  type WorkerSession,
} from '#platform/lanes/index.ts';
import { createOutbound } from '#platform/outbound/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { until } from '#test/until.ts';
import { isSignedBy, startWebhookReceiver, type WebhookReceiver } from '#test/webhook-receiver.ts';
import { fanOut, startFanOut } from './fan-out.ts';
import { webhooksFeature } from './feature.ts';

const db = testDatabase({ poolSize: 8 });
const outbound = createOutbound({ allow: ['127.0.0.0/8'] });
let session: WorkerSession;
let worker: LaneWorker | undefined;
const receivers: WebhookReceiver[] = [];

beforeAll(async () => {
  session = await openWorkerSession({
    connection: db.database.systemConnection,
    services: ['courier'],
    onNotification: () => {},
    onReconnect: () => {},
    onLost: () => {},
  });
});
afterEach(async () => {
  await worker?.stop(1_000);
  worker = undefined;
  await Promise.all(receivers.splice(0).map(async (one) => await one.close()));
  await db.moveClock(0);
});
afterAll(async () => {
  await session.close();
  await outbound.close();
});

async function receiver(): Promise<WebhookReceiver> {
  const one = await startWebhookReceiver();
  receivers.push(one);
  return one;
}

function startWorker(): void {
  const { lanes = [] } = webhooksFeature(featureContext(db, { outbound }));
  worker = startLaneWorker({
    database: db.database,
    signals: db.signals,
    worker: session.worker,
    scopes: ['webhook'],
    handlers: lanes.flatMap(({ handlers }) => handlers),
    concurrency: 16,
    userCap: 20,
    pollMs: 20,
  });
}

interface Delivery {
  id: string;
  event_seq: number | null;
  status: string;
  attempts: number;
  error: string | null;
  response_status: number | null;
}

/** A user with a webhook to a receiver of its own. */
async function hooked(events: string[] = ['*']) {
  const user = await createUser(db.database.system);
  const to = await receiver();
  const call = (await serveAs(webhooksFeature(featureContext(db, { outbound }))))(user.id);
  const { json } = await call('POST', '/api/webhooks', { url: to.url, events });
  const path = `/api/webhooks/${json.id}`;
  const deliveries = async () => {
    const { items } = (await call('GET', `${path}/deliveries?limit=200`)).json;
    return (items as unknown as Delivery[]).toReversed();
  };
  const allAre = async (status: string) => {
    const found = await deliveries();
    return found.length > 0 && found.every((one) => one.status === status) && found;
  };
  return {
    user_id: user.id,
    to,
    call,
    path,
    secret: String(json['secret']),
    id: json.id,
    deliveries,
    allAre,
  };
}

async function happen(user_id: string, type: string, count = 1): Promise<void> {
  await db.database.asSystem(async (tx) => {
    for (let n = 1; n <= count; n += 1) tx.emit({ user_id, type, subject: `thing:${n}`, payload: { n } });
    await Promise.resolve();
  });
}

/** Lets what waits for its next attempt be tried at once. */
async function passTime(): Promise<void> {
  await db.owner.query(
    `update lanes set not_before = app_now() where key like 'webhook:%' and leased_by is null`,
  );
}

describe('events', () => {
  test('reach the webhook in order, signed, with the ids of the events, and once', async () => {
    const { user_id, to, secret, allAre, id } = await hooked(['memory.updated']);
    startWorker();
    await happen(user_id, 'memory.updated', 20);
    await happen(user_id, 'token.updated', 3);
    await fanOut(db.database, user_id);
    await fanOut(db.database, user_id);
    const deliveries = await until('all are sent', async () => await allAre('sent'), 20_000);
    expect(deliveries).toHaveLength(20);
    expect(to.received.map(({ body }) => body.data['n'])).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    expect(to.received.map(({ id: sent }) => sent)).toEqual(deliveries.map((one) => one.id));
    const [first] = to.received;
    expect(first!.body).toEqual({
      type: 'memory.updated',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      data: { n: 1, seq: deliveries[0]!.event_seq, subject: 'thing:1' },
    });
    expect(to.received.every((message) => isSignedBy(message, secret))).toBe(true);
    expect(isSignedBy({ ...first!, raw: `${first!.raw} ` }, secret)).toBe(false);
    // Nothing is told of the webhook itself.
    expect(id).toBeDefined();
  });

  test('that happened before it was there, or while it was off, are not for it', async () => {
    const { user_id, call, path, deliveries } = await hooked();
    await call('PATCH', path, { is_active: false });
    await happen(user_id, 'memory.updated');
    await fanOut(db.database, user_id);
    await call('PATCH', path, { is_active: true });
    await fanOut(db.database, user_id);
    expect(await deliveries()).toEqual([]);
    await happen(user_id, 'token.updated');
    await fanOut(db.database, user_id);
    expect(await deliveries()).toHaveLength(1);
  });

  test('are followed as they happen, by whoever runs, and by nobody for a user without a webhook', async () => {
    const { user_id, deliveries } = await hooked();
    const other = await createUser(db.database.system);
    const failures: unknown[] = [];
    const options = {
      database: db.database,
      signals: db.signals,
      onError: (error: unknown) => failures.push(error),
    };
    const stops = [startFanOut(options), startFanOut(options)];
    await happen(user_id, 'memory.updated', 1_200);
    await happen(other.id, 'memory.updated');
    await until('all have their delivery', async () => {
      const { rows } = await db.owner.query('select 1 from webhook_deliveries where user_id = $1', [user_id]);
      return rows.length === 1_200;
    });
    await Promise.all(stops.map(async (stop) => await stop()));
    expect(failures).toEqual([]);
    expect((await deliveries()).length).toBe(200);
    const { rows } = await db.owner.query(
      `select i.seq from lane_items i join webhook_deliveries d on d.id = (i.payload ->> 'delivery_id')::uuid
       where d.user_id = $1 and i.seq <> d.event_seq - (select min(event_seq) from webhook_deliveries where user_id = $1) + 1`,
      [user_id],
    );
    expect(rows).toEqual([]);
  });
});

describe('what is not taken', () => {
  test('is sent again with the same id, and what comes behind it waits', async () => {
    const { user_id, to, allAre, call, path } = await hooked();
    let refusals = 3;
    to.react = () => (refusals-- > 0 ? 503 : 200);
    startWorker();
    await happen(user_id, 'memory.updated', 3);
    await fanOut(db.database, user_id);
    await until('all are sent', async () => {
      await passTime();
      return await allAre('sent');
    });
    const [first] = to.received;
    expect(to.received.map(({ body }) => body.data['n'])).toEqual([1, 1, 1, 1, 2, 3]);
    expect(to.received.slice(0, 4).every(({ id, raw }) => id === first!.id && raw === first!.raw)).toBe(true);
    expect((await call('GET', path)).json).toMatchObject({ failures: 0, last_error: 'it answered 503' });
  });

  test.each([
    ['redirects', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, /redirects \(302\)/],
    ['hangs up', 'hang up' as const, /connection was cut/],
  ])('a receiver that %s gets it again later', async (_, reaction, error) => {
    const { user_id, to, deliveries } = await hooked();
    to.react = () => reaction;
    startWorker();
    await happen(user_id, 'memory.updated');
    await fanOut(db.database, user_id);
    const [delivery] = await until('it was tried', async () => {
      const found = await deliveries();
      return found[0]?.attempts === 1 && found;
    });
    expect(delivery).toMatchObject({ status: 'pending', error: expect.stringMatching(error) as string });
  });

  test('an address that may not be called from here is not called', async () => {
    const { user_id, to, call, path, deliveries } = await hooked();
    await call('PATCH', path, { url: 'http://[::1]:49151/hook' });
    startWorker();
    await happen(user_id, 'memory.updated');
    await fanOut(db.database, user_id);
    const [delivery] = await until('it was tried', async () => {
      const found = await deliveries();
      return found[0]?.attempts === 1 && found;
    });
    expect(delivery!.error).toMatch(/OUTBOUND_ALLOW/);
    expect(to.received).toEqual([]);
  });

  test('Retry-After is heeded', async () => {
    const { user_id, to, deliveries } = await hooked();
    to.react = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    startWorker();
    await happen(user_id, 'memory.updated');
    await fanOut(db.database, user_id);
    const [delivery] = await until('it was tried', async () => {
      const found = await deliveries();
      return found[0]?.attempts === 1 && (found as (Delivery & { next_attempt_at: string })[]);
    });
    const wait = Date.parse(delivery!.next_attempt_at) - Date.now();
    expect(wait).toBeGreaterThan(3_500_000);
    expect(wait).toBeLessThan(3_700_000);
  });

  test('410 switches the webhook off, and its owner is told', async () => {
    const { user_id, to, call, path, deliveries } = await hooked();
    to.react = () => 410;
    startWorker();
    await happen(user_id, 'memory.updated', 2);
    await fanOut(db.database, user_id);
    await until('all are over', async () => (await deliveries()).every(({ status }) => status !== 'pending'));
    expect((await call('GET', path)).json).toMatchObject({ is_active: false, disabled_reason: 'gone' });
    expect((await deliveries()).map(({ status }) => status)).toEqual(['failed', 'cancelled']);
    expect(to.received).toHaveLength(1);
    const { rows } = await db.owner.query<{ message: string }>(
      `select message from notifications where user_id = $1 union all
       select message from activity where user_id = $1 and type = 'webhook.disabled'`,
      [user_id],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]!.message).toMatch(/^The webhook to 127\.0\.0\.1:\d+ answered that it is gone \(410\)/);
  });

  test('after two days of failures it is switched off; switched on it begins anew', async () => {
    const { user_id, to, call, path, deliveries } = await hooked();
    to.react = () => 500;
    startWorker();
    await happen(user_id, 'memory.updated');
    await fanOut(db.database, user_id);
    await until('it is given up', async () => {
      await passTime();
      return (await deliveries())[0]?.status === 'failed';
    });
    expect(to.received).toHaveLength(14);
    expect((await call('GET', path)).json).toMatchObject({ is_active: false, disabled_reason: 'failing' });
    to.react = () => 200;
    expect((await call('PATCH', path, { is_active: true })).json).toMatchObject({
      failures: 0,
      disabled_reason: null,
    });
    const [delivery] = await deliveries();
    expect((await call('POST', `${path}/deliveries/${delivery!.id}/replay`)).status).toBe(202);
    await until('it is sent', async () => (await deliveries())[0]?.status === 'sent');
    expect(new Set(to.received.map(({ id }) => id)).size).toBe(1);
  });

  test('what is refused for what it says makes room for the next', async () => {
    const { user_id, to, call, path, deliveries } = await hooked();
    to.react = ({ body }) => (body.data['n'] === 1 ? 422 : 200);
    startWorker();
    await happen(user_id, 'memory.updated', 2);
    await fanOut(db.database, user_id);
    await until('both are over', async () => {
      await passTime();
      return (await deliveries()).every(({ status }) => status !== 'pending');
    });
    expect((await deliveries()).map(({ status }) => status)).toEqual(['failed', 'sent']);
    expect((await call('GET', path)).json).toMatchObject({ is_active: true });
  });

  test('a receiver that is silent holds up no other webhook of its user', async () => {
    const slow = await hooked();
    slow.to.react = () => 'silence';
    const quick = await receiver();
    await slow.call('POST', '/api/webhooks', { url: quick.url, events: ['*'] });
    startWorker();
    await happen(slow.user_id, 'memory.updated', 3);
    await fanOut(db.database, slow.user_id);
    await until('the other has all', () => quick.received.length === 3);
    expect((await slow.deliveries()).every(({ status }) => status === 'pending')).toBe(true);
  });
});

describe('by hand', () => {
  test('a test is sent at once, also when the webhook is off or others wait, and says what came of it', async () => {
    const { user_id, to, call, path, secret } = await hooked();
    to.react = () => 500;
    startWorker();
    await happen(user_id, 'memory.updated');
    await fanOut(db.database, user_id);
    await until('the first has failed', () => to.received.length > 0);
    const failed = await call('POST', `${path}/test`);
    expect(failed).toMatchObject({
      status: 200,
      json: { event_type: 'webhook.test', status: 'failed', response_status: 500, error: 'it answered 500' },
    });
    await call('PATCH', path, { is_active: false });
    to.react = () => 200;
    expect(await call('POST', `${path}/test`)).toMatchObject({ status: 200, json: { status: 'sent' } });
    const sent = to.received.at(-1)!;
    expect(isSignedBy(sent, secret)).toBe(true);
    expect(sent.body).toMatchObject({ type: 'webhook.test', data: { webhook_id: path.split('/').at(-1) } });
  });

  test('with a new secret messages are signed by both for a day', async () => {
    const { to, call, path, secret } = await hooked();
    startWorker();
    const { json } = await call('POST', `${path}/rotate-secret`);
    const next = String(json['secret']);
    expect(next).not.toBe(secret);
    await call('POST', `${path}/test`);
    const [both] = to.received;
    expect([isSignedBy(both!, secret), isSignedBy(both!, next)]).toEqual([true, true]);
    await db.moveClock(25 * 3_600_000);
    await call('POST', `${path}/test`);
    const later = to.received.at(-1)!;
    expect([isSignedBy(later, secret), isSignedBy(later, next)]).toEqual([false, true]);
  });

  test('what has happened since is sent again, and what never was', async () => {
    const { user_id, to, call, path, allAre } = await hooked(['memory.updated']);
    startWorker();
    const since = new Date(Date.now() - 1_000).toISOString();
    await happen(user_id, 'memory.updated', 2);
    await fanOut(db.database, user_id);
    await until('both are sent', async () => await allAre('sent'));
    await call('PATCH', path, { is_active: false });
    expect((await call('POST', `${path}/replay`, { since })).status).toBe(409);
    await happen(user_id, 'memory.updated', 1);
    await call('PATCH', path, { is_active: true });
    expect(await call('POST', `${path}/replay`, { since })).toMatchObject({
      status: 202,
      json: { replayed: 3 },
    });
    await until('all have come', () => to.received.length === 5);
    const ids = to.received.map(({ id }) => id);
    expect(ids.slice(2, 4)).toEqual(ids.slice(0, 2));
    expect(new Set(ids).size).toBe(3);
  });
});
