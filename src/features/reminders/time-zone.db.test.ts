import { beforeEach, expect, test } from 'vitest';

import { createFire } from '#features/schedules/index.ts';
import { claimDue, moveDue } from '#platform/due/queries.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import { remindersFeature } from './feature.ts';
import { reminderKind } from './fire.ts';

const files = testDatabase();
let call: ReturnType<Awaited<ReturnType<typeof serveAs>>>;

beforeEach(async () => {
  await files.moveClock(0);
  const { id } = await createUser(files.database.system, { timezone: 'Europe/Berlin' });
  await createAssistant(files.database.system, { user_id: id });
  call = (await serveAs(remindersFeature(featureContext(files))))(id);
});

async function remind(when: Record<string, unknown>) {
  return (await call('POST', '/api/reminders', { text: 'stretch', ...when })).json;
}

const change = (id: string, body: unknown) => call('PATCH', `/api/reminders/${id}`, body);

async function fireDue(): Promise<number> {
  const fire = createFire([reminderKind({ redis: false })]);
  return await files.database.asSystem(async (tx) => {
    const { rows, now } = await claimDue(tx.db, { limit: 10 });
    if (rows.length > 0) moveDue(tx, await fire(tx, rows, now));
    return rows.length;
  });
}

test('another zone keeps the instant of a one-time reminder, and one that has fired stays fired', async () => {
  const trigger_at = new Date(Date.now() + 1_000).toISOString();
  const { id } = await remind({ type: 'one_time', trigger_at });
  expect((await change(id, { timezone: 'Asia/Tokyo' })).json).toMatchObject({
    timezone: 'Asia/Tokyo',
    status: 'active',
    next_fire_at: trigger_at,
  });
  await files.moveClock(2_000);
  expect(await fireDue()).toBe(1);
  expect((await change(id, { timezone: 'UTC' })).json).toMatchObject({
    timezone: 'UTC',
    status: 'completed',
    next_fire_at: null,
  });
  expect(await fireDue()).toBe(0);
  expect((await change(id, { status: 'paused' })).json).toMatchObject({ code: 'schedules.fired' });
});

test('another zone keeps the wall-clock time of a recurring one, and a cancelled one cancelled', async () => {
  await files.moveClock(Date.parse('2026-11-20T12:30:00Z') - Date.now());
  const { id } = await remind({ type: 'recurring', cron_expression: '0 9 * * *' });
  expect((await change(id, { timezone: 'Asia/Tokyo' })).json).toMatchObject({
    next_fire_at: '2026-11-21T00:00:00.000Z',
  });
  await change(id, { status: 'cancelled' });
  expect((await change(id, { timezone: 'UTC' })).json).toMatchObject({
    timezone: 'UTC',
    status: 'cancelled',
    next_fire_at: null,
  });
});
