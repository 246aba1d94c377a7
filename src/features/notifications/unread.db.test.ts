import { afterEach, describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { explaining, type Explaining } from '#test/query-plans.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { notificationsFeature } from './feature.ts';
import { notify } from './index.ts';
import { countUnread, selectNotifications } from './queries/notifications.ts';

const files = testDatabase();

async function person(count = 3) {
  const { id } = await createUser(files.database.system);
  const call = (await serveAs(notificationsFeature(featureContext(files), {})))(id);
  const told = Array.from({ length: count }, (_, n) => ({
    user_id: id,
    kind: 'system' as const,
    message: `${n}`,
  }));
  const ids = [...(await files.database.asSystem(async (tx) => await notify(tx, told, { redis: false })))];
  const unread = async () => (await call('GET', '/api/notifications/summary')).json['unread'];
  const shown = async (filter: string) =>
    (await call('GET', `/api/notifications?${filter}`)).json.items.map(({ message }) => message);
  return { id, call, ids, unread, shown };
}

async function readEvents(userId: string) {
  const { rows } = await files.owner.query<{ subject: string | null; payload: unknown }>(
    `select subject, payload from events where user_id = $1 and type = 'notification.read' order by seq`,
    [userId],
  );
  return rows;
}

const sameOf = (some: string[], others: string[]) => String(some.toSorted()) === String(others.toSorted());

describe('reading', () => {
  test('some, once: the rest stays unread, and other screens are told', async () => {
    const { id, call, ids, unread, shown } = await person();
    const some = ids.slice(0, 2);
    expect(await unread()).toBe(3);
    expect(await call('POST', '/api/notifications/read', { ids: some })).toMatchObject({
      status: 200,
      json: { read: 2 },
    });
    expect(await unread()).toBe(1);
    expect((await shown('unread=true')).length).toBe(1);
    expect((await shown('unread=false')).length).toBe(2);
    expect((await shown('')).length).toBe(3);
    expect((await call('POST', '/api/notifications/read', { ids: some })).json).toMatchObject({ read: 0 });
    expect(await readEvents(id)).toEqual([
      {
        subject: null,
        payload: { notification_ids: expect.toSatisfy((told: string[]) => sameOf(told, some)) },
      },
    ]);
  });

  test('all, and of nobody else', async () => {
    const [ada, bob] = [await person(), await person()];
    expect((await ada.call('POST', '/api/notifications/read', { all: true })).json).toMatchObject({
      read: 3,
    });
    expect(await ada.unread()).toBe(0);
    expect(await bob.unread()).toBe(3);
    expect(await readEvents(ada.id)).toEqual([{ subject: null, payload: { all: true } }]);
  });

  test('one tells other screens the first time', async () => {
    const { id, call, ids } = await person(1);
    for (let time = 0; time < 2; time++) await call('POST', `/api/notifications/${ids[0]}/read`);
    expect(await readEvents(id)).toEqual([
      { subject: `notification:${ids[0]}`, payload: { notification_ids: ids } },
    ]);
  });

  test.each([{}, { ids: [] }, { all: false }, { ids: 'all' }])('of %j is refused', async (body) => {
    const { call } = await person(0);
    expect((await call('POST', '/api/notifications/read', body)).status).toBe(422);
  });

  test('another’s among one’s own is a wrong field, and none is read', async () => {
    const [ada, bob] = [await person(), await person()];
    expect(
      await ada.call('POST', '/api/notifications/read', { ids: [ada.ids[0], bob.ids[0]] }),
    ).toMatchObject({ status: 422, json: { errors: [{ path: 'ids.1' }] } });
    expect([await ada.unread(), await bob.unread()]).toEqual([3, 3]);
  });
});

describe('where nearly all of many are read', () => {
  let app: Explaining | undefined;
  afterEach(async () => await app?.close());

  test('what is unread is found by its index', async () => {
    const { id } = await person(0);
    await files.owner.query(
      `insert into notifications (id, user_id, kind, message, read_at)
       select gen_random_uuid(), $1, 'system', n::text, case when n % 5000 > 0 then now() end
       from generate_series(1, 50000) n`,
      [id],
    );
    await files.owner.query('vacuum analyze notifications');
    app = await explaining(files, 'app');
    const { db, taken } = app;
    await db.transaction().execute(async (tx) => {
      await tx
        .selectNoFrom(({ fn, val }) => fn('set_config', [val('app.user_id'), val(id), val(true)]).as('set'))
        .execute();
      taken();
      expect(await countUnread(tx, id)).toBe(10);
      expect(await selectNotifications(tx, id, { unread: true, before: undefined, count: 50 })).toHaveLength(
        10,
      );
    });
    const plans = taken().filter(({ statement }) => statement.includes('from "notifications"'));
    expect(plans).toHaveLength(2);
    for (const { nodes, pages } of plans) {
      expect(nodes.map((node) => node['Index Name'])).toContain('notifications_unread');
      expect(pages).toBeLessThan(60);
    }
  });
});
