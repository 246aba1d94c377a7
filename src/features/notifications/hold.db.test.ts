import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  openWorkerSession,
  startLaneWorker,
  type LaneWorker,
  type WorkerSession,
} from '#platform/lanes/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { until } from '#test/until.ts';
import { notificationsFeature } from './feature.ts';

const files = testDatabase({ poolSize: 6 });
let feature: ReturnType<typeof notificationsFeature>;
let looks: number;
let session: WorkerSession;
let courier: LaneWorker;

beforeEach(async () => {
  await setClock('2026-11-20T23:00:00Z');
  feature = notificationsFeature(featureContext(files), {});
  looks = 0;
  const nothing = () => {};
  session = await openWorkerSession({
    connection: files.database.systemConnection,
    services: [],
    onNotification: nothing,
    onReconnect: nothing,
    onLost: nothing,
  });
  courier = startLaneWorker({
    database: files.database,
    signals: files.signals,
    worker: session.worker,
    scopes: ['delivery'],
    handlers: feature.lanes![0]!.handlers,
    concurrency: 1,
    pollMs: 20,
    onAlive: () => looks++,
  });
});

afterEach(async () => {
  await courier.stop(2_000);
  await session.close();
});

const setClock = async (instant: string) => await files.moveClock(Date.parse(instant) - Date.now());

async function sleeper() {
  const quiet_hours = JSON.stringify({ start: '22:00', end: '07:00' });
  const { id } = await createUser(files.database.system, { timezone: 'UTC', quiet_hours });
  const call = (await serveAs(feature))(id);
  const events = async () => {
    const { rows } = await files.owner.query<{ type: string }>('select type from events where user_id = $1', [
      id,
    ]);
    return rows.map(({ type }) => type);
  };
  const say = async (fields: Record<string, unknown> = {}) =>
    (await call('POST', '/api/notifications', { title: 'Backup', message: 'done', ...fields })).json;
  return { call, events, say };
}

test('what is not urgent waits for the end of quiet hours, and is told then', async () => {
  const { call, events, say } = await sleeper();
  const made = await say();
  expect(made).toMatchObject({
    held_until: '2026-11-21T07:00:00.000Z',
    deliveries: [{ channel: 'web', status: 'pending', sent_at: null }],
  });
  expect((await call('GET', '/api/notifications/summary')).json).toEqual({ unread: 0 });
  expect(await events()).toEqual([]);
  await setClock('2026-11-21T06:59:58Z');
  const before = looks;
  await until('the courier has looked', () => looks > before + 2);
  expect(await events()).toEqual([]);
  await setClock('2026-11-21T07:00:00.100Z');
  await until('it is told', async () => (await events()).length === 1);
  const { items } = (await call('GET', '/api/notifications')).json as unknown as { items: unknown[] };
  expect(items).toMatchObject([{ held_until: null, deliveries: [{ status: 'sent', attempts: 1 }] }]);
  expect((await call('GET', '/api/notifications/summary')).json).toEqual({ unread: 1 });
});

test('what is urgent is told at once', async () => {
  const { events, say } = await sleeper();
  expect(await say({ priority: 5 })).toMatchObject({ held_until: null, deliveries: [{ status: 'sent' }] });
  expect(await events()).toEqual(['notification.created']);
});

test('what was read while it waited is not told', async () => {
  const { call, events, say } = await sleeper();
  const { id } = await say();
  await call('POST', `/api/notifications/${id}/read`);
  await setClock('2026-11-21T07:00:00.100Z');
  const sent = async () => {
    const { rows } = await files.owner.query(
      'select 1 from deliveries where notification_id = $1 and status = $2',
      [id, 'sent'],
    );
    return rows.length === 1;
  };
  await until('its delivery has ended', sent);
  expect(await events()).toEqual(['notification.read']);
});

test('what waits is not read with all the others', async () => {
  const { call, events, say } = await sleeper();
  await say();
  expect((await call('POST', '/api/notifications/read', { all: true })).json).toEqual({ read: 0 });
  await setClock('2026-11-21T07:00:00.100Z');
  await until('it is told', async () => (await events()).includes('notification.created'));
});

test('outside of quiet hours nothing waits', async () => {
  const { say } = await sleeper();
  await setClock('2026-11-21T12:00:00Z');
  expect(await say()).toMatchObject({ held_until: null });
});
