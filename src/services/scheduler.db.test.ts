import { afterEach, beforeEach, expect, test } from 'vitest';

import { createHealth } from '#app/health.ts';
import type { Features } from '#app/features.ts';
import { readiness } from '#app/readiness.ts';
import { startWatch } from '#app/watch.ts';
import type { ScheduleKind } from '#features/schedules/index.ts';
import { createLaneMetrics } from '#app/lane-metrics.ts';
import { openWorkerSession, type LaneHandler } from '#platform/lanes/index.ts';
import { createLogger } from '#platform/log/index.ts';
import { createMetrics } from '#platform/metrics/index.ts';
import { testDatabase } from '#test/database.ts';
import { createDue, createUser } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { startSchedulerService } from './scheduler.ts';

const db = testDatabase({ poolSize: 10 });
const log = createLogger({ level: 'silent', pretty: false });

let user: string;
let poison: Set<string>;
let closes: (() => unknown)[];

beforeEach(async () => {
  user = (await createUser(db.database.system, { role: 'admin' })).id;
  poison = new Set();
  closes = [];
});
afterEach(async () => {
  for (const close of closes.toReversed()) await close();
  await db.owner.query('delete from users; delete from alerts');
});

const reminders: ScheduleKind = {
  kind: 'reminder',
  fate: 'delivered',
  fire: async (_tx, fired) => {
    await Promise.resolve();
    if (fired.some(({ schedule }) => poison.has(schedule.id))) throw new Error('it can not be fired');
  },
};

/** A process that runs the scheduler, watched by a monotonic clock that runs ten times as fast. */
async function start() {
  const { database, signals } = db;
  const session = await openWorkerSession({
    connection: database.systemConnection,
    services: ['scheduler'],
    onNotification: () => {},
    onReconnect: () => {},
    onLost: () => {},
  });
  closes.push(session.close);
  const health = createHealth();
  const metrics = createMetrics();
  const features = {
    scheduleKinds: [reminders],
    list: [] as Features['list'],
    handlers: () => [] as LaneHandler[],
  } as Partial<Features> as Features;
  const laneMetrics = createLaneMetrics(metrics);
  const stop = await startSchedulerService({
    database,
    signals,
    session,
    features,
    health,
    metrics,
    laneMetrics,
    log,
  });
  closes.push(async () => await stop(0));
  const now = () => performance.now() * 10;
  const watch = startWatch({ database, metrics, log, everyMs: 20, now });
  closes.push(watch.stop);
  return { session, ready: async () => await readiness({ health, watch }) };
}

async function open(): Promise<string[]> {
  const { rows } = await db.owner.query<{ code: string }>(
    'select code from alerts where cleared_at is null order by code',
  );
  return rows.map(({ code }) => code);
}

const due = async (ms: number) =>
  await createDue(db.database.system, { user_id: user, fire_at: new Date(Date.now() + ms) });

test('a loop that hangs on a lock is told, and what was due comes once it is gone', async () => {
  const { session, ready } = await start();
  await until('it is ready', async () => (await ready()).status === 'ready');
  await db.owner.query('begin; lock table due in exclusive mode');
  try {
    // Whatever was under way when the lock came has ended: nothing beats any more.
    await until('its silence is told', async () => {
      await db.database.system
        .updateTable('workers')
        .set({ scheduler_seen_at: new Date(Date.now() - 6_000) })
        .where('id', '=', session.worker)
        .execute();
      return (await open()).includes('scheduler_stalled');
    });
    const { status, parts, services } = await ready();
    expect(status).toBe('not_ready');
    expect(parts['scheduler']?.detail).toContain('no sign of life');
    expect(services['scheduler']).toEqual(parts['scheduler']);
  } finally {
    await db.owner.query('rollback');
  }
  await until('it is cleared', async () => (await open()).length === 0);
  await until('it is ready', async () => (await ready()).status === 'ready');
});

test('a schedule that can not fire is told to its user, and is no stall', async () => {
  const bad = await due(100);
  poison.add(bad.id);
  const { ready } = await start();
  await until('it is told', async () => (await open()).includes('schedule_stuck'));
  const { rows } = await db.owner.query(
    `select user_id, subject, metadata ->> 'schedule_id' as schedule_id from alerts`,
  );
  expect(rows).toEqual([{ user_id: user, subject: `schedule:${bad.id}`, schedule_id: bad.id }]);
  // An hour later by its own row, all else being fine.
  await db.owner.query(`update due set fire_at = fire_at - interval '1 hour' where schedule_id = $1`, [
    bad.id,
  ]);
  await db.owner.query(
    `update alerts set metadata = metadata || jsonb_build_object('due_at',
       (select fire_at from due where schedule_id = $1))`,
    [bad.id],
  );
  const good = await due(50);
  db.signals.publish('due');
  await until('the other has fired', async () => {
    const { rowCount } = await db.owner.query('select from occurrences where schedule_id = $1', [good.id]);
    return rowCount === 1;
  });
  const { parts } = await ready();
  expect(parts['scheduler']).toEqual({ ok: true });
  expect(await open()).toEqual(['schedule_stuck']);
});

test.each([
  ['was edited', `update due set revision = 2, fire_at = now() + interval '1 day'`],
  ['was put to another time', `update due set fire_at = fire_at + interval '1 day'`],
  ['was paused or deleted', 'delete from due'],
])('a schedule that was stuck and %s is told of as right again', async (_what, edit) => {
  const bad = await due(0);
  poison.add(bad.id);
  await start();
  await until('it is told', async () => (await open()).includes('schedule_stuck'));
  await db.owner.query(edit);
  await until('it is cleared', async () => (await open()).length === 0);
  const { rows } = await db.owner.query<{ type: string }>(
    `select type from events where type like 'alert.%' order by seq`,
  );
  expect(rows.map(({ type }) => type)).toEqual(['alert.raised', 'alert.cleared']);
});
