import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createSchedule, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { notificationsFeature } from './feature.ts';
import { notify, type Channels, type NewNotification } from './index.ts';

const files = testDatabase();

async function people() {
  const [ada, bob] = [await createUser(files.database.system), await createUser(files.database.system)];
  const as = await serveAs(notificationsFeature(featureContext(files), {}));
  return { ada, bob, asAda: as(ada.id), asBob: as(bob.id) };
}

async function tell(rows: NewNotification[], channels: Channels = { redis: false }): Promise<Set<string>> {
  return await files.database.asSystem(async (tx) => await notify(tx, rows, channels));
}

async function newOccurrence(userId: string): Promise<string> {
  const schedule = await createSchedule(files.database.system, { user_id: userId });
  const id = newId();
  await files.owner.query(
    `insert into occurrences (id, schedule_id, user_id, revision, due_at, fate) values ($1, $2, $3, 1, now(), 'skipped')`,
    [id, schedule.id, userId],
  );
  return id;
}

async function rowsOf(table: string, userId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await files.owner.query(`select * from ${table} where user_id = $1`, [userId]);
  return rows;
}

describe('a notification to oneself', () => {
  test('is there at once, delivered to the web', async () => {
    const { ada, asAda } = await people();
    const made = await asAda('POST', '/api/notifications', {
      title: 'Tea',
      message: 'It is ready',
      priority: 4,
    });
    expect(made).toMatchObject({
      status: 201,
      json: { kind: 'system', title: 'Tea', message: 'It is ready', priority: 4, read_at: null },
    });
    expect(made.json.deliveries).toMatchObject([
      { channel: 'web', status: 'sent', attempts: 1, error: null, sent_at: expect.any(String) as string },
    ]);
    expect((await asAda('GET', '/api/notifications')).json.items).toEqual([made.json]);
    expect(await rowsOf('events', ada.id)).toMatchObject([
      {
        type: 'notification.created',
        subject: `notification:${made.json.id}`,
        payload: { notification_id: made.json.id },
      },
    ]);
  });

  test('is read once: the first time counts', async () => {
    const { asAda } = await people();
    const { json } = await asAda('POST', '/api/notifications', { title: 'Tea', message: 'Ready' });
    const path = `/api/notifications/${json.id}/read`;
    const first = await asAda('POST', path);
    expect(first.status).toBe(200);
    expect(first.json.read_at).not.toBeNull();
    expect((await asAda('POST', path)).json).toEqual(first.json);
  });

  test('is not there for anyone else', async () => {
    const { asAda, asBob } = await people();
    const { json } = await asAda('POST', '/api/notifications', { title: 'Tea', message: 'Ready' });
    const refused = { status: 404, json: { code: 'notifications.not_found' } };
    expect(await asBob('POST', `/api/notifications/${json.id}/read`)).toMatchObject(refused);
    expect((await asBob('GET', '/api/notifications')).json.items).toEqual([]);
    expect((await asAda('GET', '/api/notifications')).json.items[0]?.['read_at']).toBeNull();
  });

  test('names the field that is wrong', async () => {
    const { asAda } = await people();
    const wrong = await asAda('POST', '/api/notifications', {
      title: 'Tea',
      channels: ['pigeon'],
      priority: 9,
    });
    expect(wrong.status).toBe(422);
    const paths = wrong.json.errors.map(({ path }) => path);
    expect(paths.sort()).toEqual(['channels.0', 'message', 'priority']);
  });
});

test('the list goes on from page to page, newest first', async () => {
  const { asAda } = await people();
  for (const title of ['one', 'two', 'three'])
    await asAda('POST', '/api/notifications', { title, message: 'x' });
  const first = await asAda('GET', '/api/notifications?limit=2');
  const next = await asAda('GET', `/api/notifications?limit=2&cursor=${first.json.next_cursor}`);
  const titles = [...first.json.items, ...next.json.items].map(({ title }) => title);
  expect(titles).toEqual(['three', 'two', 'one']);
  expect(next.json.next_cursor).toBeNull();
});

describe('notify', () => {
  test('writes a thousand at once, for many users', async () => {
    const users = await Promise.all(
      Array.from({ length: 10 }, async () => await createUser(files.database.system)),
    );
    const rows = Array.from({ length: 1_000 }, (_, n): NewNotification => ({
      user_id: users[n % 10]!.id,
      kind: 'system',
      message: `Number ${n}`,
      tags: ['one', 'two'],
      actions: [{ action: 'snooze', minutes: n }],
    }));
    expect((await tell(rows)).size).toBe(1_000);
    for (const { id } of users) {
      expect(await rowsOf('notifications', id)).toHaveLength(100);
      expect(await rowsOf('deliveries', id)).toHaveLength(100);
      expect(await rowsOf('events', id)).toHaveLength(100);
    }
    const [first] = await rowsOf('notifications', users[0]!.id);
    expect(first).toMatchObject({
      title: null,
      priority: 3,
      tags: ['one', 'two'],
      actions: [{ action: 'snooze' }],
    });
  });

  test('writes one for a reminder’s occurrence, however often it is told', async () => {
    const { ada } = await people();
    const occurrence_id = await newOccurrence(ada.id);
    const reminder = {
      user_id: ada.id,
      kind: 'reminder',
      message: 'Stretch',
      occurrence_id,
      redis_event: {},
    } as const;
    const id = newId();
    expect(await tell([{ ...reminder, id }], { redis: true })).toEqual(new Set([id]));
    expect(await tell([reminder], { redis: true })).toEqual(new Set());
    expect(await rowsOf('notifications', ada.id)).toMatchObject([{ id }]);
    expect(await rowsOf('deliveries', ada.id)).toHaveLength(2);
    expect(await rowsOf('events', ada.id)).toHaveLength(1);
    expect(await rowsOf('lanes', ada.id)).toHaveLength(1);
  });

  test('sends only reminders to Redis, and those only where it is set up', async () => {
    const { ada } = await people();
    const message = 'Stretch';
    const redis_event = { event: 'reminder_triggered' };
    await tell([{ user_id: ada.id, kind: 'reminder', message, redis_event }], { redis: false });
    await tell([{ user_id: ada.id, kind: 'system', message, redis_event }], { redis: true });
    await tell([{ user_id: ada.id, kind: 'reminder', message }], { redis: true });
    expect((await rowsOf('deliveries', ada.id)).map(({ channel }) => channel)).toEqual(['web', 'web', 'web']);
    await tell([{ user_id: ada.id, kind: 'reminder', message, redis_event }], { redis: true });
    const toRedis = (await rowsOf('deliveries', ada.id)).find(({ channel }) => channel === 'redis');
    expect(toRedis).toMatchObject({ status: 'pending', attempts: 0, body: redis_event, sent_at: null });
    const { rows } = await files.owner.query('select lane_key, kind, payload from lane_items');
    expect(rows).toContainEqual({
      lane_key: `delivery:${toRedis!['id'] as string}`,
      kind: 'notification.deliver',
      payload: { delivery_id: toRedis!['id'] },
    });
  });

  test('for another user is refused to a user', async () => {
    const { ada, bob } = await people();
    const told = files.database.asUser(
      ada.id,
      async (tx) => await notify(tx, [{ user_id: bob.id, kind: 'system', message: 'x' }], { redis: false }),
    );
    await expect(told).rejects.toThrow('row-level security');
  });
});
