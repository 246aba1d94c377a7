import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { createClient, type Client } from '#test/client.ts';
import { createDatabaseUrl, type DatabaseUrl } from '#test/database-url.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { firedNotification, remind } from '#test/records.ts';
import { until } from '#test/until.ts';

/** The promise: a stall is told within this. */
const TOLD_MS = 10_000;
/** What has no such promise, on a busy machine. */
const PATIENCE_MS = 20_000;

interface AlertRecord {
  code: string;
  user_id: string | null;
  message: string;
  metadata: Record<string, unknown>;
  cleared_at: string | null;
}

interface Readiness {
  status: string;
  services: Record<string, { ok: boolean; detail?: string }>;
}

let database: DatabaseUrl;
let rest: Program;
let scheduler: Program;
let admin: Client;
let ann: Client;

beforeAll(async () => {
  database = await createDatabaseUrl();
  const env = {
    DATABASE_URL: database.url,
    SECRET_KEY: randomBytes(32).toString('hex'),
    RATE_LIMIT_API: 'off',
  };
  rest = await startProgram({ env, services: ['api', 'assistant', 'courier'] });
  scheduler = await startProgram({ env, services: ['scheduler'] });
  const root = await createUserAndToken(rest, { email: 'root@example.test', admin: true });
  admin = createClient(rest, root);
  ann = createClient(rest, await createUserAndToken(rest));
});
afterAll(async () => {
  await scheduler.remove();
  await rest.remove();
  await database.drop();
});

async function readyz(): Promise<{ code: number; body: Readiness }> {
  const answer = await fetch(`${rest.url}/readyz`);
  return { code: answer.status, body: (await answer.json()) as Readiness };
}

async function openAlerts(client: Client): Promise<AlertRecord[]> {
  return (await client.get<{ items: AlertRecord[] }>('/api/alerts?open=true')).body.items;
}

async function figure(name: string, of = rest): Promise<number> {
  const text = await (await fetch(`${of.url}/metrics`)).text();
  return Number(new RegExp(`^famulus_${name} (.*)$`, 'm').exec(text)?.[1]);
}

test('a scheduler that is frozen while nothing is due is told by the other process, until it goes on', async () => {
  await until('all is well', async () => (await readyz()).body.services['scheduler']?.ok);
  await using events = await admin.events();
  process.kill(scheduler.pid, 'SIGSTOP');
  try {
    await Promise.all([
      until('/readyz tells', async () => (await readyz()).body.services['scheduler']?.ok === false, TOLD_MS),
      until('/metrics tells', async () => (await figure('scheduler_stalled')) === 1, TOLD_MS),
      until('/api/alerts tells', async () => (await openAlerts(admin)).length > 0, TOLD_MS),
    ]);
    const { code, body } = await readyz();
    // Its own services work.
    expect([code, body.status]).toEqual([200, 'ready']);
    expect(body.services['scheduler']?.detail).toMatch(/^no sign of life for \d+ s$/);
    expect(await figure('scheduler_beat_age_seconds')).toBeGreaterThan(5);
    expect(await openAlerts(admin)).toMatchObject([{ code: 'scheduler_stalled', user_id: null }]);
    // She must know that her reminders are late, and no more.
    expect(await openAlerts(ann)).toMatchObject([{ code: 'scheduler_stalled', metadata: {} }]);
    const late = await remind(ann, 'while it stands still', 300);
    await until('what is due waits', async () => (await figure('due_lag_seconds')) > 1, PATIENCE_MS);

    process.kill(scheduler.pid, 'SIGCONT');
    await firedNotification(ann, late, PATIENCE_MS);
    await until('it is cleared', async () => (await openAlerts(admin)).length === 0, PATIENCE_MS);
    await until('readyz says so', async () => (await readyz()).body.services['scheduler']?.ok, PATIENCE_MS);
    await until('the metric says so', async () => (await figure('scheduler_stalled')) === 0, PATIENCE_MS);
  } finally {
    process.kill(scheduler.pid, 'SIGCONT');
  }
  const types = () => events.received.map(({ type }) => type).filter((type) => type.startsWith('alert.'));
  await until('the screens know', () => types().includes('alert.cleared'));
  expect(types()).toEqual(['alert.raised', 'alert.cleared']);
  const { body: notified } = await admin.get<{ items: { message: string }[] }>('/api/notifications');
  expect(notified.items).toHaveLength(1);
});

test('a clock that is set is told once by both, and is no stall', async () => {
  const owner = await connect(database.connection, 'famulus test');
  const all = async () => (await admin.get<{ items: AlertRecord[] }>('/api/alerts?limit=200')).body.items;
  const stalls = async () => (await all()).filter(({ code }) => code === 'scheduler_stalled').length;
  const before = await stalls();
  try {
    for (const [count, offset_ms] of [3_600_000, 0].entries()) {
      await owner.query('update app_clock set offset_ms = $1', [offset_ms]);
      const toldOf = async () => {
        const { rowCount } = await owner.query(
          'select from workers where abs(clock_offset_ms + $1::int) < 60000',
          [offset_ms],
        );
        return rowCount === 2;
      };
      await until('both have told of it', toldOf, PATIENCE_MS);
      for (const program of [rest, scheduler]) {
        expect(await figure('clock_steps_total', program)).toBe(count + 1);
      }
      expect((await all()).filter(({ code }) => code === 'clock_stepped')).toHaveLength(count + 1);
    }
    await until('the host is right again', async () => (await openAlerts(admin)).length === 0, PATIENCE_MS);
  } finally {
    await owner.end();
  }
  expect(await stalls()).toBe(before);
});

test('a scheduler that is gone is told as soon as something is due', async () => {
  await scheduler.stop();
  await until('it is gone', async () =>
    (await readyz()).body.services['scheduler']?.detail?.includes('no process'),
  );
  expect(await openAlerts(admin)).toEqual([]);
  await remind(ann, 'by nobody', 300);
  const [alert] = await until(
    'it is told',
    async () => {
      const alerts = await openAlerts(admin);
      return alerts.length > 0 && alerts;
    },
    TOLD_MS,
  );
  expect(alert?.message).toContain('no process runs it');
});
