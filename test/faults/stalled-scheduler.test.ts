import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createClient, type Client } from '#test/client.ts';
import { createDatabaseUrl, type DatabaseUrl } from '#test/database-url.ts';
import { createUserAndToken, startProgram, type Program } from '#test/program.ts';
import { firedNotification, remind } from '#test/records.ts';
import { until } from '#test/until.ts';

/** What it takes until it is told is 10 s at most; the rest is for a busy machine. */
const TOLD_MS = 15_000;

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

async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${rest.url}/metrics`)).text();
  return Number(new RegExp(`^famulus_${name} (.*)$`, 'm').exec(text)?.[1]);
}

test('a scheduler that is frozen while nothing is due is told by the other process, until it goes on', async () => {
  await until('all is well', async () => (await readyz()).body.services['scheduler']?.ok);
  await using events = await admin.events();

  const stoppedAt = performance.now();
  const took: Record<string, number> = {};
  const told = async (what: string, look: () => Promise<boolean>) => {
    await until(what, look, TOLD_MS);
    took[what] = Math.round(performance.now() - stoppedAt);
  };
  process.kill(scheduler.pid, 'SIGSTOP');
  try {
    await Promise.all([
      told('/readyz', async () => (await readyz()).body.services['scheduler']?.ok === false),
      told('/metrics', async () => (await figure('scheduler_stalled')) === 1),
      told('/api/alerts', async () => (await openAlerts(admin)).length > 0),
    ]);
    console.log('told within ms:', took);
    const { code, body } = await readyz();
    // Its own services work.
    expect([code, body.status]).toEqual([200, 'ready']);
    expect(body.services['scheduler']?.detail).toMatch(/^no sign of life for \d+ s$/);
    expect(await figure('scheduler_beat_age_seconds')).toBeGreaterThan(5);
    expect(await openAlerts(admin)).toMatchObject([{ code: 'scheduler_stalled', user_id: null }]);
    // She must know that her reminders are late, and no more.
    expect(await openAlerts(ann)).toMatchObject([{ code: 'scheduler_stalled', metadata: {} }]);
    const late = await remind(ann, 'while it stands still', 300);
    await until('what is due waits', async () => (await figure('due_lag_seconds')) > 1, TOLD_MS);

    process.kill(scheduler.pid, 'SIGCONT');
    await firedNotification(ann, late, TOLD_MS);
    await until('it is cleared', async () => (await openAlerts(admin)).length === 0, TOLD_MS);
    await until('readyz says so', async () => (await readyz()).body.services['scheduler']?.ok, TOLD_MS);
    await until('the metric says so', async () => (await figure('scheduler_stalled')) === 0, TOLD_MS);
  } finally {
    process.kill(scheduler.pid, 'SIGCONT');
  }
  const types = () => events.received.map(({ type }) => type).filter((type) => type.startsWith('alert.'));
  await until('the screens know', () => types().includes('alert.cleared'));
  expect(types()).toEqual(['alert.raised', 'alert.cleared']);
  const { body: notified } = await admin.get<{ items: { message: string }[] }>('/api/notifications');
  expect(notified.items).toHaveLength(1);
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
