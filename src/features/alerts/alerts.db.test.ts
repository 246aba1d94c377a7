import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids/index.ts';
import { createMetrics } from '#platform/metrics/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { alertsFeature } from './feature.ts';
import { clearAlert, countAlerts, raiseAlert, tellPassing, type NewAlert } from './index.ts';

const db = testDatabase({ poolSize: 10 });

let root: string;
let ada: string;
let bob: string;
let as: Awaited<ReturnType<typeof serveAs>>;

beforeEach(async () => {
  await db.moveClock(0);
  await db.owner.query('delete from users; delete from alerts');
  root = (await createUser(db.database.system, { role: 'admin' })).id;
  ada = (await createUser(db.database.system)).id;
  bob = (await createUser(db.database.system)).id;
  as = await serveAs(alertsFeature(featureContext(db)));
});

const stalled: NewAlert = {
  key: 'scheduler_stalled',
  user_id: null,
  level: 'error',
  code: 'scheduler_stalled',
  message: 'Nothing fires just now',
  metadata: { lag_ms: 7000 },
};
const clock: NewAlert = { ...stalled, key: 'clock_off:here', level: 'warning', code: 'clock_off' };
const stuck = (): NewAlert => ({
  ...stalled,
  key: `schedule_stuck:${newId()}`,
  user_id: ada,
  code: 'schedule_stuck',
});

const raise = async (alert: NewAlert) =>
  await db.database.asSystem(async (tx) => await raiseAlert(tx, alert));
const clear = async (...keys: string[]) =>
  await db.database.asSystem(async (tx) => await clearAlert(tx, ...keys));

async function listed(user: string, query = '') {
  const { status, json } = await as(user)('GET', `/api/alerts${query}`);
  expect(status).toBe(200);
  return json;
}

/** What of a kind has reached a user, oldest first. */
async function reached(user: string, what: 'events' | 'activity' | 'notifications'): Promise<string[]> {
  const text = {
    events: `select type as line from events where user_id = $1 order by seq`,
    activity: `select type || ' ' || level || ' ' || message as line from activity where user_id = $1 order by id`,
    notifications: `select kind || ' ' || priority || ' ' || message as line from notifications where user_id = $1 order by id`,
  }[what];
  return (await db.owner.query<{ line: string }>(text, [user])).rows.map(({ line }) => line);
}

describe("the system's", () => {
  test('is raised by the first of many, which tells the admins, and others on their screens', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, async () => await raise(stalled)));
    const [id, ...more] = ids.filter((one) => one !== undefined);
    expect(more).toEqual([]);
    expect(await reached(root, 'events')).toEqual(['alert.raised', 'notification.created']);
    expect(await reached(root, 'activity')).toEqual(['alert.raised error Nothing fires just now']);
    expect(await reached(root, 'notifications')).toEqual(['system 4 Nothing fires just now']);
    expect(await reached(ada, 'events')).toEqual(['alert.raised']);
    expect(await reached(ada, 'notifications')).toEqual([]);
    expect(await reached(ada, 'activity')).toEqual([]);
    expect((await listed(root)).items).toMatchObject([
      { id, user_id: null, code: 'scheduler_stalled', metadata: { lag_ms: 7000 }, cleared_at: null },
    ]);
  });

  test('is seen by others while it is open and an error, without what it is made of', async () => {
    await raise(stalled);
    await raise(clock);
    const { items } = await listed(ada);
    expect(items).toMatchObject([{ code: 'scheduler_stalled', metadata: {} }]);
    await clear('scheduler_stalled', 'clock_off:here');
    expect((await listed(ada)).items).toEqual([]);
    expect((await listed(root, '?open=true')).items).toEqual([]);
    expect((await listed(root, '?open=false')).items).toHaveLength(2);
    expect(await reached(ada, 'events')).toEqual(['alert.raised', 'alert.cleared']);
  });

  test('is for nobody but admins in the database too, as far as it is over or a warning', async () => {
    await raise(clock);
    await raise(stalled);
    const seenBy = async (user: string) =>
      (await db.database.readAs(user).selectFrom('alerts').select('code').execute()).map(({ code }) => code);
    expect(await seenBy(ada)).toEqual(['scheduler_stalled']);
    await clear('scheduler_stalled');
    expect(await seenBy(ada)).toEqual([]);
    expect(await seenBy(root)).toHaveLength(2);
  });

  test('is told to no account that is closed', async () => {
    await db.owner.query('update users set is_active = false where id = any($1)', [[root, ada]]);
    await raise(stalled);
    expect([await reached(root, 'events'), await reached(ada, 'events')]).toEqual([[], []]);
    expect(await reached(bob, 'events')).toEqual(['alert.raised']);
  });

  test('can be raised again once it is cleared, but is a notification once an hour', async () => {
    await raise(stalled);
    expect(await clear('scheduler_stalled')).toBe(1);
    expect(await clear('scheduler_stalled')).toBe(0);
    expect(await raise(stalled)).toBeDefined();
    expect(await reached(root, 'notifications')).toHaveLength(1);
    expect((await reached(root, 'activity')).map((line) => line.split(' ')[0])).toEqual([
      'alert.raised',
      'alert.cleared',
      'alert.raised',
    ]);
    await clear('scheduler_stalled');
    await db.moveClock(3_601_000);
    await raise(stalled);
    expect(await reached(root, 'notifications')).toHaveLength(2);
  });

  test('is a notification also after the clock was set back', async () => {
    await db.moveClock(7_200_000);
    await raise(stalled);
    await clear('scheduler_stalled');
    await db.moveClock(0);
    await raise(stalled);
    expect(await reached(root, 'notifications')).toHaveLength(2);
  });
});

describe("a user's", () => {
  test('is told to them, and shown to nobody else', async () => {
    const alert = stuck();
    await raise(alert);
    expect(await reached(ada, 'notifications')).toHaveLength(1);
    expect((await listed(ada)).items).toMatchObject([{ user_id: ada, metadata: { lag_ms: 7000 } }]);
    for (const other of [root, bob]) {
      expect(await reached(other, 'events')).toEqual([]);
      expect((await listed(other)).items).toEqual([]);
    }
    await clear(alert.key);
    expect(await reached(ada, 'events')).toContain('alert.cleared');
  });

  test("can be raised and cleared in the user's own transaction", async () => {
    const alert = stuck();
    await db.database.asUser(ada, async (tx) => await raiseAlert(tx, alert));
    expect((await listed(ada, '?open=true')).items).toHaveLength(1);
    await db.database.asUser(bob, async (tx) => expect(await clearAlert(tx, alert.key)).toBe(0));
    await db.database.asUser(ada, async (tx) => expect(await clearAlert(tx, alert.key)).toBe(1));
  });

  test('is one of at most ten notifications of its code an hour', async () => {
    for (let count = 0; count < 12; count++) await raise(stuck());
    expect((await listed(ada)).items).toHaveLength(12);
    expect(await reached(ada, 'notifications')).toHaveLength(10);
  });
});

describe('what is over as soon as it is told', () => {
  const step = (step_ms: number): NewAlert => ({ ...clock, key: 'clock_stepped', metadata: { step_ms } });
  const tell = async (step_ms: number) =>
    await db.database.asSystem(
      async (tx) =>
        await tellPassing(tx, step(step_ms), {
          withinMs: 15_000,
          isSame: (other) => Math.abs((other as { step_ms: number }).step_ms - step_ms) < 1_000,
        }),
    );

  test('is told once by all who saw the same, and never open', async () => {
    const told = await Promise.all([3_600_010, 3_599_990, 3_600_020].map(tell));
    expect(told.filter((id) => id !== undefined)).toHaveLength(1);
    expect(await tell(-3_600_000)).toBeDefined();
    expect((await listed(root, '?open=true')).items).toEqual([]);
    expect((await listed(root)).items).toHaveLength(2);
    expect(await reached(root, 'notifications')).toHaveLength(1);
  });

  test('is told again when it happens again later', async () => {
    await tell(5_000);
    await db.moveClock(20_000);
    expect(await tell(5_000)).toBeDefined();
  });
});

test('the list goes on where a page ended, newest first', async () => {
  for (let count = 0; count < 3; count++) await raise(stuck());
  const first = await listed(ada, '?limit=2');
  const second = await listed(ada, `?limit=2&cursor=${first.next_cursor}`);
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(ids).toHaveLength(3);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect(second.next_cursor).toBeNull();
  expect((await as(ada)('GET', '/api/alerts?open=maybe')).status).toBe(422);
  expect((await as(ada, { scopes: ['reminders:read'] })('GET', '/api/alerts')).status).toBe(403);
});

test('90 days after it was cleared one is gone; what is open stays', async () => {
  await raise(stalled);
  await raise(clock);
  await clear('clock_off:here');
  const { prune } = alertsFeature(featureContext(db));
  const day = 86_400_000;
  await prune?.(new Date(Date.now() + 89 * day));
  expect((await listed(root)).items).toHaveLength(2);
  await prune?.(new Date(Date.now() + 91 * day));
  expect((await listed(root)).items).toMatchObject([{ code: 'scheduler_stalled' }]);
});

test('is counted by its code once it is committed', async () => {
  const metrics = createMetrics();
  const counted = countAlerts(metrics);
  await raise(stalled);
  await raise(stalled);
  const failing = db.database.asSystem(async (tx) => {
    await raiseAlert(tx, clock);
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  counted.setOpen({ scheduler_stalled: 1 });
  const text = await metrics.render();
  expect(text).toContain('famulus_alerts_total{code="scheduler_stalled"} 1');
  expect(text).not.toContain('famulus_alerts_total{code="clock_off"}');
  expect(text).toContain('famulus_alerts_open{code="scheduler_stalled"} 1');
  counted.close();
});
