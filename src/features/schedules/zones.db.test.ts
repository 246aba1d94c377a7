import { beforeEach, describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { remindersRig, type RemindersRig } from '#test/reminders-rig.ts';
import { moveToZone } from './move-to-zone.ts';
import { refreshZones } from './refresh-zones.ts';

const files = testDatabase();
let rig: RemindersRig;

beforeEach(async () => {
  await files.owner.query('delete from users');
  rig = await remindersRig(files, { now: '2026-11-20T08:00:00Z', timezone: 'Europe/Berlin' });
});

async function remind(body: Record<string, unknown>): Promise<string> {
  const made = await rig.call('POST', '/api/reminders', { text: 'stretch', ...body });
  expect(made.status).toBe(201);
  return made.json.id;
}

const next = async (id: string) =>
  ((await rig.call('GET', `/api/reminders/${id}`)).json as unknown as { next_local: string[] }).next_local[0];

async function move(timezone: string): Promise<void> {
  await files.database.asUser(rig.user_id, async (tx) => {
    await tx.db.updateTable('users').set({ timezone }).where('id', '=', rig.user_id).execute();
    await moveToZone(tx, rig.user_id, timezone);
  });
}

const daily = { type: 'recurring', cron_expression: '0 9 * * *' };

describe('a user in another zone', () => {
  test('keeps the wall-clock times of what follows them', async () => {
    const cron = await remind(daily);
    const rrule = await remind({ type: 'recurring', rrule: 'FREQ=DAILY;BYHOUR=10;BYMINUTE=0;BYSECOND=0' });
    const once = await remind({ type: 'one_time', local_time: '2026-12-01T09:00' });
    await move('America/New_York');
    expect(await next(cron)).toBe('2026-11-20T09:00:00-05:00[America/New_York]');
    expect(await next(rrule)).toBe('2026-11-20T10:00:00-05:00[America/New_York]');
    expect(await next(once)).toBe('2026-12-01T09:00:00-05:00[America/New_York]');
  });

  test('keeps instants, and what has a zone of its own', async () => {
    const instant = await remind({ type: 'one_time', trigger_at: '2026-12-01T09:00:00Z' });
    const tokyo = await remind({ ...daily, timezone: 'Asia/Tokyo' });
    await move('America/New_York');
    expect(await next(instant)).toBe('2026-12-01T04:00:00-05:00[America/New_York]');
    expect(await next(tokyo)).toBe('2026-11-21T09:00:00+09:00[Asia/Tokyo]');
    // There for a while, and back: what was meant for Tokyo stays there.
    await move('Asia/Tokyo');
    await move('Europe/Berlin');
    expect(await next(tokyo)).toBe('2026-11-21T09:00:00+09:00[Asia/Tokyo]');
  });

  test('is reminded at once of what by the new zone has passed', async () => {
    await remind({ type: 'one_time', local_time: '2026-11-20T12:00' });
    await move('Asia/Tokyo');
    expect(await rig.fireDue()).toBe(1);
    expect(await rig.messages()).toEqual(['stretch (5 h late, I was offline)']);
  });

  test('is not reminded anew of what has fired, nor of what is paused', async () => {
    const fired = await remind({ type: 'one_time', local_time: '2026-11-20T09:30' });
    const paused = await remind(daily);
    await rig.call('PATCH', `/api/reminders/${paused}`, { status: 'paused' });
    await rig.setClock('2026-11-20T08:30:00.100Z');
    expect(await rig.fireDue()).toBe(1);
    await move('America/New_York');
    await rig.setClock('2026-11-22T08:30:00Z');
    expect(await rig.fireDue()).toBe(0);
    expect((await rig.call('GET', `/api/reminders/${fired}`)).json).toMatchObject({ status: 'completed' });
    const resumed = await rig.call('PATCH', `/api/reminders/${paused}`, { status: 'active' });
    expect(resumed.json).toMatchObject({ next_fire_at: '2026-11-22T14:00:00.000Z' });
  });

  test('moves nobody else, and not what the void revision still says', async () => {
    const id = await remind(daily);
    const before = rig;
    rig = await remindersRig(files, { now: '2026-11-20T08:00:00Z', timezone: 'Europe/Berlin' });
    const others = await remind(daily);
    await files.database.asUser(before.user_id, async (tx) => await moveToZone(tx, before.user_id, 'UTC'));
    expect(await next(others)).toBe('2026-11-21T09:00:00+01:00[Europe/Berlin]');
    rig = before;
    expect(await next(id)).toBe('2026-11-20T09:00:00+00:00[UTC]');
  });
});

describe('other rules of zones', () => {
  /** As if the rules had had the zone an hour further east when this was computed. */
  const anHourBefore = async (id: string) => {
    await files.owner.query(
      `update due set fire_at = fire_at - interval '1 hour' where schedule_id = (select schedule_id from reminders where id = $1)`,
      [id],
    );
  };

  test('move what waits to where the wall clock says so now', async () => {
    const id = await remind(daily);
    const instant = await remind({ type: 'one_time', trigger_at: '2026-12-01T09:00:00Z' });
    await anHourBefore(id);
    expect(await refreshZones(files.database)).toBe(1);
    expect(await next(id)).toBe('2026-11-21T09:00:00+01:00[Europe/Berlin]');
    expect(await next(instant)).toBe('2026-12-01T10:00:00+01:00[Europe/Berlin]');
    expect(await refreshZones(files.database)).toBe(0);
  });

  test('do not bring back a wall-clock time that has come', async () => {
    const id = await remind({ ...daily, cron_expression: '0 10 * * *' });
    await anHourBefore(id);
    // Ten o'clock by the old rules.
    await rig.setClock('2026-11-20T08:00:00.100Z');
    expect(await rig.fireDue()).toBe(1);
    await files.owner.query(`update schedules set last_due_local = '2026-11-20T10:00:00+02:00'`);
    await refreshZones(files.database);
    expect(await next(id)).toBe('2026-11-21T10:00:00+01:00[Europe/Berlin]');
  });

  test('move a one-time wall-clock reminder, once', async () => {
    const id = await remind({ type: 'one_time', local_time: '2026-12-01T09:00' });
    await files.owner.query(`update schedules set trigger_at = trigger_at - interval '1 hour'`);
    await anHourBefore(id);
    expect(await refreshZones(files.database)).toBe(1);
    expect(await next(id)).toBe('2026-12-01T09:00:00+01:00[Europe/Berlin]');
  });
});
