import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import {
  openWorkerSession,
  startLaneWorker,
  type LaneWorker,
  type WorkerSession,
} from '#platform/lanes/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { freePort } from '#test/free-port.ts';
import { startRedis, type RedisServer } from '#test/redis-server.ts';
import { until } from '#test/until.ts';
import { notify } from './index.ts';
import { redisDelivery } from './jobs.ts';
import { openRedisQueue, type RedisQueue } from './redis-queue.ts';

const files = testDatabase();
let session: WorkerSession;
let worker: LaneWorker | undefined;
let redis: RedisServer | undefined;
let queue: RedisQueue | undefined;

beforeAll(async () => {
  session = await openWorkerSession({
    connection: files.database.systemConnection,
    services: ['courier'],
    onNotification: () => {},
    onReconnect: () => {},
    onLost: () => {},
  });
});
afterEach(async () => {
  await worker?.stop(1_000);
  queue?.close();
  await redis?.stop();
  worker = redis = queue = undefined;
});
afterAll(async () => await session.close());

function startCourier(): void {
  worker = startLaneWorker({
    database: files.database,
    signals: files.signals,
    worker: session.worker,
    scopes: ['delivery'],
    handlers: [redisDelivery(queue)],
    concurrency: 4,
  });
}

const event = {
  assistant_id: 'a',
  event: 'reminder_triggered',
  payload: { reminder_id: 'r', payload: { text: 'Потянись — “now”' }, occurrence_id: 'o', late_ms: 3 },
};

/** Tells reminders; returns what became of their deliveries. */
async function remind(count: number) {
  const user = await createUser(files.database.system);
  const rows = Array.from({ length: count }, (_, late_ms) => ({
    user_id: user.id,
    kind: 'reminder' as const,
    message: 'Stretch',
    redis_event: { ...event, payload: { ...event.payload, late_ms } },
  }));
  await files.database.asSystem(async (tx) => await notify(tx, rows, { redis: true }));
  const deliveries = async () =>
    await files.database.system
      .selectFrom('deliveries')
      .selectAll()
      .where('user_id', '=', user.id)
      .where('channel', '=', 'redis')
      .execute();
  const allAre = async (status: string) =>
    (await deliveries()).every((delivery) => delivery.status === status);
  const updates = async () => {
    const rows = await files.database.system
      .selectFrom('events')
      .select('payload')
      .where('user_id', '=', user.id)
      .where('type', '=', 'delivery.updated')
      .execute();
    return rows.map(({ payload }) => (payload as { status: string }).status);
  };
  return { user, deliveries, allAre, updates };
}

test('reminders that fire reach the queue, as they were told, at its end', async () => {
  redis = await startRedis(await freePort());
  queue = openRedisQueue({ url: redis.url, queue: 'queue:to_secretary' });
  startCourier();
  const { deliveries, allAre, updates } = await remind(5);
  await until('all are sent', async () => await allAre('sent'));
  const told = (await redis.list('queue:to_secretary')).map((text) => JSON.parse(text) as typeof event);
  expect(told.map(({ payload }) => payload.late_ms).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
  expect(told[0]).toEqual({ ...event, payload: { ...event.payload, late_ms: told[0]!.payload.late_ms } });
  for (const delivery of await deliveries()) {
    expect(delivery).toMatchObject({ attempts: 1, error: null, sent_at: expect.any(Date) as Date });
  }
  expect(await updates()).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
});

test('a queue that is away gets them when it is back', async () => {
  const port = await freePort();
  queue = openRedisQueue({ url: `redis://127.0.0.1:${port}`, queue: 'q' });
  startCourier();
  const { deliveries, allAre, updates } = await remind(1);
  const [waiting] = await until('a first attempt has failed', async () => {
    const found = await deliveries();
    return found[0]!.error !== null && found;
  });
  expect(waiting).toMatchObject({
    status: 'pending',
    error: expect.stringContaining('ECONNREFUSED') as string,
    sent_at: null,
  });
  redis = await startRedis(port);
  await until('it is sent', async () => await allAre('sent'));
  expect(await redis.list('q')).toHaveLength(1);
  const [sent] = await deliveries();
  expect(sent!.attempts).toBeGreaterThan(1);
  expect(sent!.error).toBeNull();
  expect((await updates()).at(-1)).toBe('sent');
});

test('a connection that breaks is made anew', async () => {
  const port = await freePort();
  redis = await startRedis(port);
  queue = openRedisQueue({ url: redis.url, queue: 'q' });
  await queue.push('one');
  await redis.stop();
  await expect(queue.push('lost')).rejects.toThrow(/closed|reset|refused/i);
  redis = await startRedis(port);
  await queue.push('two');
  expect(await redis.list('q')).toEqual(['two']);
});

test('what still waits when there is no queue any more is cancelled, and said so', async () => {
  startCourier();
  const { deliveries, allAre, updates } = await remind(1);
  await until('it is cancelled', async () => await allAre('cancelled'));
  expect(await deliveries()).toMatchObject([{ error: 'no Redis queue is configured', sent_at: null }]);
  expect(await updates()).toEqual(['cancelled']);
});

test('one that is given up is failed, and in the log', async () => {
  const { user, deliveries, updates } = await remind(1);
  const [delivery] = await deliveries();
  const item = { user_id: user.id, payload: { delivery_id: delivery!.id } };
  await files.database.asUser(user.id, async (tx) => {
    await redisDelivery(undefined).onParked?.(tx, item as never, 'no route');
  });
  expect(await deliveries()).toMatchObject([{ status: 'failed', error: 'no route' }]);
  expect(await updates()).toEqual(['failed']);
  const log = await files.database.system
    .selectFrom('activity')
    .selectAll()
    .where('user_id', '=', user.id)
    .execute();
  expect(log).toMatchObject([
    { type: 'delivery.failed', level: 'error', subject: `delivery:${delivery!.id}` },
  ]);
  // Its lane item is for nobody now.
  await files.owner.query('delete from lanes where user_id = $1', [user.id]);
});
