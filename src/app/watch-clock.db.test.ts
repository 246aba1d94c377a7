import { afterEach, beforeEach, expect, test } from 'vitest';

import { createLogger } from '#platform/log/index.ts';
import { createMetrics, type Metrics } from '#platform/metrics/index.ts';
import { newId } from '#platform/ids/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { createHealth } from './health.ts';
import { createClockWatch } from './watch-clock.ts';

const db = testDatabase({ poolSize: 10 });

let root: string;

beforeEach(async () => {
  root = (await createUser(db.database.system, { role: 'admin' })).id;
});
afterEach(async () => {
  await db.moveClock(0);
  await db.owner.query('delete from users; delete from alerts');
});

/** The watch of one process. `off.ms` is how far its machine's clock is off. */
function watcher(host = 'here') {
  const off = { ms: 0 };
  const metrics: Metrics = createMetrics();
  const health = createHealth();
  const { look } = createClockWatch({
    database: db.database,
    session: { worker: newId() },
    health,
    metrics,
    log: createLogger({ level: 'silent', pretty: false }),
    nodeNow: () => Date.now() + off.ms,
    host,
  });
  return { look, off, metrics, health };
}

async function alerts(code: string) {
  const { rows } = await db.owner.query<{
    key: string;
    message: string;
    is_open: boolean;
    metadata: { step_ms: number };
  }>(
    `select key, message, cleared_at is null as is_open, metadata from alerts where code = $1
     order by created_at, id`,
    [code],
  );
  return rows;
}

async function notified(): Promise<number> {
  return (await db.owner.query('select from notifications where user_id = $1', [root])).rowCount ?? 0;
}

test.each([
  [3_600_000, 'set 3600 s ahead'],
  [-3_600_000, 'set 3600 s back'],
  [180_000, 'set 180 s ahead'],
  [-180_000, 'set 180 s back'],
])('a step by %d ms is told once by two who see it at once', async (step, words) => {
  const [one, two] = [watcher(), watcher()];
  await Promise.all([one.look(), two.look()]);
  expect(await alerts('clock_stepped')).toEqual([]);
  await db.moveClock(step);
  await Promise.all([one.look(), two.look()]);
  await Promise.all([one.look(), two.look()]);
  const [told, ...more] = await alerts('clock_stepped');
  expect(more).toEqual([]);
  expect(told?.message).toContain(words);
  expect(told?.is_open).toBe(false);
  expect(Math.abs((told?.metadata.step_ms ?? 0) - step)).toBeLessThan(500);
  for (const { metrics } of [one, two])
    expect(await metrics.render()).toContain('famulus_clock_steps_total 1');
});

test('a step and the one that takes it back are two, and one notification', async () => {
  const { look } = watcher();
  await look();
  await db.moveClock(180_000);
  await look();
  await db.moveClock(0);
  await look();
  expect(await alerts('clock_stepped')).toHaveLength(2);
  const steps = await db.owner.query(
    `select from notifications where user_id = $1 and message like 'The database%'`,
    [root],
  );
  expect(steps.rowCount).toBe(1);
});

test('a step that could not be told is told later', async () => {
  const { look } = watcher();
  await look();
  await db.moveClock(180_000);
  await db.owner.query('alter table alerts rename to alerts_away');
  await expect(look()).rejects.toThrow('alerts');
  await db.owner.query('alter table alerts_away rename to alerts');
  await look();
  expect(await alerts('clock_stepped')).toHaveLength(1);
});

test('a machine five minutes off is told once for all its processes, until it is right again', async () => {
  const [one, two] = [watcher(), watcher()];
  for (const { off } of [one, two]) off.ms = 300_000;
  await Promise.all([one.look(), two.look()]);
  await one.look();
  expect(await alerts('clock_off')).toMatchObject([
    { key: 'clock_off:here', message: "The clock of here is 300 s ahead of the database's", is_open: true },
  ]);
  expect(await alerts('clock_stepped')).toEqual([]);
  expect(await notified()).toBe(1);
  // It is told and nothing else: the database's clock decides.
  expect(one.health.ok()).toBe(true);
  expect(one.health.parts()['clock']?.detail).toContain('off by 300 s');
  for (const { off } of [one, two]) off.ms = 900;
  await one.look();
  expect((await alerts('clock_off'))[0]?.is_open).toBe(true);
  for (const { off } of [one, two]) off.ms = 200;
  await Promise.all([one.look(), two.look()]);
  expect((await alerts('clock_off'))[0]?.is_open).toBe(false);
});

test('what a process before it has left open is cleared by one whose clock is right', async () => {
  const before = watcher();
  before.off.ms = -60_000;
  await before.look();
  expect((await alerts('clock_off'))[0]?.message).toContain("60 s behind the database's");
  await watcher('elsewhere').look();
  expect((await alerts('clock_off'))[0]?.is_open).toBe(true);
  await watcher().look();
  expect((await alerts('clock_off'))[0]?.is_open).toBe(false);
});
