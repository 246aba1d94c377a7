import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openWorkerSession, type WorkerSession } from '#platform/lanes/index.ts';
import { createLogger } from '#platform/log/index.ts';
import { createMetrics } from '#platform/metrics/index.ts';
import { testDatabase } from '#test/database.ts';
import { createDue, createUser } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { createHealth } from './health.ts';
import { readiness } from './readiness.ts';
import { startWatch } from './watch.ts';

const db = testDatabase({ poolSize: 10 });

let root: string;
let closes: (() => unknown)[];

beforeEach(async () => {
  root = (await createUser(db.database.system, { role: 'admin' })).id;
  closes = [];
});
afterEach(async () => {
  for (const close of closes) await close();
  await db.moveClock(0);
  await db.owner.query('delete from users; delete from alerts');
});

/** A process with these services. */
async function processOf(...services: string[]): Promise<WorkerSession> {
  const session = await openWorkerSession({
    connection: db.database.systemConnection,
    services,
    onNotification: () => {},
    onReconnect: () => {},
    onLost: () => {},
  });
  closes.push(session.close);
  return session;
}

/** The watch of a process, whose monotonic clock runs ten times as fast. */
function watch(everyMs = 20) {
  const metrics = createMetrics();
  const log = createLogger({ level: 'silent', pretty: false });
  const now = () => performance.now() * 10;
  const started = startWatch({ database: db.database, metrics, log, everyMs, now });
  closes.push(started.stop);
  return { ...started, metrics };
}

async function beatWas(session: WorkerSession, seen: string, fired = seen): Promise<void> {
  await sql`
    update workers set scheduler_seen_at = app_now() - ${seen}::interval,
      scheduler_fired_at = app_now() - ${fired}::interval where id = ${session.worker}`.execute(
    db.database.system,
  );
}

async function codes(where = 'true'): Promise<string[]> {
  const { rows } = await db.owner.query<{ code: string }>(
    `select code from alerts where ${where} order by id`,
  );
  return rows.map(({ code }) => code);
}
const open = async () => await codes('cleared_at is null');
const overdue = async (ms: number) =>
  await createDue(db.database.system, { user_id: root, fire_at: new Date(Date.now() - ms) });

test('a scheduler that gives no sign of life is told once by all who watch, and cleared', async () => {
  await processOf('api');
  const scheduler = await processOf('scheduler');
  await beatWas(scheduler, '6 seconds');
  const one = watch();
  watch();
  watch();
  await until('it is told', async () => (await open()).length > 0);
  await until('readyz tells', async () => {
    const { services, status, processes } = await readiness({ health: createHealth(), watch: one });
    expect(status).toBe('ready');
    expect(processes.flatMap((each) => each.services).toSorted()).toEqual(['api', 'scheduler']);
    return services['scheduler']?.ok === false && services['scheduler'].detail?.includes('no sign of life');
  });
  const health = createHealth();
  health.watch('scheduler').alive();
  expect((await readiness({ health, watch: one })).status).toBe('not_ready');
  expect(await one.metrics.render()).toMatch(/famulus_scheduler_stalled 1\n/);
  await scheduler.beat(false);
  await until('it is cleared', async () => (await open()).length === 0);
  expect(await codes()).toEqual(['scheduler_stalled']);
  await until('the metric follows', async () => (await one.metrics.render()).includes('_stalled 0\n'));
  expect((await readiness({ health, watch: one })).parts['scheduler']).toEqual({ ok: true });
});

test('what is due and run by nobody is a stall, from the first moment; without anything due it is just said', async () => {
  await processOf('api');
  const one = watch();
  await until('the watch has looked', async () => (await one.look())?.scheduler.state === 'absent');
  const { services } = await readiness({ health: createHealth(), watch: one });
  expect(services).toEqual({ scheduler: { ok: false, detail: 'no process runs it' } });
  expect(await one.metrics.render()).toContain('famulus_scheduler_beat_age_seconds +Inf');
  await overdue(10);
  await until('it is told', async () => (await open()).includes('scheduler_stalled'));
});

test('one that is alive, but gets on with nothing that is due', async () => {
  const scheduler = await processOf('scheduler');
  await beatWas(scheduler, '0 seconds', '1 minute');
  await overdue(60_000);
  const { metrics } = watch();
  await until('it is told', async () => (await open()).includes('scheduler_stalled'));
  expect(await metrics.render()).toMatch(/famulus_due_lag_seconds 6\d\.\d/);
});

test('catching up after a long time is none', async () => {
  const scheduler = await processOf('scheduler');
  await overdue(3_600_000);
  const { look } = watch();
  for (let count = 0; count < 5; count++) {
    await scheduler.beat(true);
    const seen = await look();
    expect(seen?.scheduler.detail).toMatch(/^catching up, 360\d s behind$/);
  }
  expect(await codes()).toEqual([]);
});

test('a step of the clock is none, since the beats go on', async () => {
  const scheduler = await processOf('scheduler');
  const { look } = watch();
  for (const ms of [3_600_000, 0, -3_600_000]) {
    await db.moveClock(ms);
    await look();
    await scheduler.beat(false);
    await until('it is well', async () => (await look())?.scheduler.state === 'well');
  }
  expect(await codes()).toEqual([]);
});

test('while due is locked against reading the beats decide, and nothing waits for it', async () => {
  const scheduler = await processOf('scheduler');
  const { look } = watch();
  await db.owner.query('begin; lock table due in access exclusive mode');
  try {
    await scheduler.beat(false);
    const seen = await look();
    expect(seen?.scheduler).toMatchObject({ state: 'well', lag_ms: Number.NaN });
    await beatWas(scheduler, '6 seconds');
    await until('it is seen', async () => (await look())?.isStalled);
  } finally {
    await db.owner.query('rollback');
  }
});

test('schedules that are stuck for themselves do not count', async () => {
  const lag = async () =>
    (await db.owner.query<{ ms: number | null }>('select due_lag_ms() as ms')).rows[0]?.ms ?? null;
  expect(await lag()).toBeNull();
  const { id } = await overdue(60_000);
  expect(await lag()).toBeGreaterThan(60_000);
  await db.owner.query(
    `insert into alerts (id, key, level, code, message, is_notified)
     values (gen_random_uuid(), 'schedule_stuck:' || $1, 'error', 'schedule_stuck', 'x', false)`,
    [id],
  );
  expect(await lag()).toBeNull();
  await overdue(20_000);
  expect(await lag()).toBeLessThan(50_000);
  await db.owner.query('update alerts set cleared_at = app_now()');
  expect(await lag()).toBeGreaterThan(60_000);
});

test('a host that has left takes the state of its clock along', async () => {
  await processOf('scheduler', 'api');
  await db.owner.query(
    `insert into alerts (id, key, level, code, message, is_notified)
     select gen_random_uuid(), 'clock_off:' || host, 'warning', 'clock_off', 'x', false
     from (select host from workers union select 'gone') as hosts`,
  );
  watch();
  await until('one is cleared', async () => (await open()).length === 1);
  const { rows } = await db.owner.query(
    `select from alerts where cleared_at is null and key <> 'clock_off:gone'`,
  );
  expect(rows).toHaveLength(1);
});
