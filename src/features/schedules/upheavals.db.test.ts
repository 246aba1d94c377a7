/* Zones that change, clocks that are set and rules that are edited, at moments when something waits or is open. */
import { beforeEach, describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { remindersRig, type RemindersRig } from '#test/reminders-rig.ts';
import { moveToZone } from './move-to-zone.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { offsetByIntl } from './recurrence/zone-offsets.ts';
import { useOffsets } from './recurrence/zone.ts';
import { refreshZones } from './refresh-zones.ts';

const files = testDatabase();
let rig: RemindersRig;

beforeEach(async () => {
  useOffsets();
  await files.owner.query('delete from schedules; delete from users');
  rig = await remindersRig(files, { now: '2026-11-20T08:00:00Z', timezone: 'Europe/Berlin' });
});

const recurring = { type: 'recurring' };
const hourly = { ...recurring, cron_expression: '0 * * * *' };

async function remind(body: Record<string, unknown>): Promise<string> {
  const made = await rig.call('POST', '/api/reminders', { text: 'stretch', ...body });
  expect(made.json).toMatchObject({ status: 'active' });
  return made.json.id;
}

const change = async (id: string, body: unknown) => await rig.call('PATCH', `/api/reminders/${id}`, body);
const get = async (id: string) => (await rig.call('GET', `/api/reminders/${id}`)).json;

async function occurrences(id: string): Promise<string[]> {
  const { items } = (await rig.call('GET', `/api/reminders/${id}/occurrences`)).json as unknown as {
    items: { due_at: string; trigger: string; fate: string; count: number }[];
  };
  return items
    .map(({ due_at, trigger, fate, count }) => `${due_at.slice(8, 16)} ${trigger} ${fate} ${count}`)
    .toSorted();
}

async function move(timezone: string): Promise<void> {
  await files.database.asUser(rig.user_id, async (tx) => await moveToZone(tx, rig.user_id, timezone));
}

/** At these instants of the day, a moment late. */
async function fireAt(...times: string[]): Promise<void> {
  for (const time of times) {
    await rig.setClock(`2026-11-20T${time}:00.100Z`);
    await rig.fireDue();
  }
}

const differences = async () =>
  (await reconcile(files.database, { age_ms: 86_400_000, tell: async () => await Promise.resolve() })).map(
    ({ kind }) => kind,
  );

describe('a user who moves', () => {
  test('loses no rule that would be over there', async () => {
    const id = await remind({ ...recurring, rrule: 'DTSTART:20261120T120000\nRRULE:FREQ=DAILY;COUNT=1' });
    await move('Asia/Tokyo');
    expect(await get(id)).toMatchObject({ next_fire_at: '2026-11-20T11:00:00.000Z' });
    await fireAt('11:00');
    expect(await occurrences(id)).toEqual(['20T11:00 schedule delivered 1']);
  });

  test('is still asked every half hour from when it was said', async () => {
    const id = await remind({ ...recurring, rrule: 'FREQ=MINUTELY;INTERVAL=30;COUNT=4' });
    const { next_fire_at } = await get(id);
    for (const zone of ['America/New_York', 'Asia/Tokyo']) {
      await move(zone);
      expect(await get(id)).toMatchObject({ next_fire_at, timezone: zone });
    }
  });

  test('gets what was due at that moment, and the next by the clocks there', async () => {
    const id = await remind({ ...recurring, cron_expression: '0 10 * * *' });
    await rig.setClock('2026-11-20T09:30:00Z');
    await move('Europe/London');
    await rig.fireDue();
    expect(await occurrences(id)).toEqual(['20T09:00 schedule delivered 1']);
    await fireAt('12:00');
    expect(await occurrences(id)).toContain('20T10:00 schedule delivered 1');
    expect(await differences()).toEqual([]);
  });

  test('has what is made active again later in the new zone', async () => {
    const id = await remind({ type: 'one_time', local_time: '2026-12-01T09:00' });
    await change(id, { status: 'cancelled' });
    await move('America/New_York');
    expect((await change(id, { status: 'active' })).json).toMatchObject({
      next_local: ['2026-12-01T09:00:00-05:00[America/New_York]'],
    });
  });

  test('can move with a time at the end of all years', async () => {
    const id = await remind({ type: 'one_time', local_time: '9999-12-31T23:30' });
    await move('America/New_York');
    expect(await get(id)).toMatchObject({ timezone: 'Europe/Berlin' });
  });
});

describe('newer rules of zones', () => {
  const berlinIs = (hours: number) =>
    useOffsets((zone, at) => (zone === 'Europe/Berlin' ? hours * 3_600_000 : offsetByIntl(zone, at)));

  test('move what had another time before, and what is resumed later', async () => {
    const id = await remind({ type: 'one_time', local_time: '2026-11-20T09:30' });
    await fireAt('08:30');
    await change(id, { local_time: '2026-12-01T09:00' });
    const paused = await remind({ type: 'one_time', local_time: '2026-12-01T09:00' });
    await change(paused, { status: 'paused' });
    berlinIs(2);
    await refreshZones(files.database);
    expect(await get(id)).toMatchObject({ next_fire_at: '2026-12-01T07:00:00.000Z' });
    await change(paused, { status: 'active' });
    expect(await get(paused)).toMatchObject({ next_fire_at: '2026-12-01T07:00:00.000Z' });
  });

  test('bring what was overdue once', async () => {
    const id = await remind({ ...recurring, cron_expression: '0 10 * * *' });
    await rig.setClock('2026-11-20T09:30:00Z');
    berlinIs(0);
    await refreshZones(files.database);
    await fireAt('09:40', '10:30');
    expect(await occurrences(id)).toEqual(['20T10:00 schedule delivered 1']);
    expect(await differences()).toEqual([]);
  });

  test('lose nothing of what is being caught up on', async () => {
    const id = await remind({ ...recurring, cron_expression: '* * * * *', catch_up: 'all' });
    await rig.setClock('2026-11-20T08:30:00.100Z');
    await rig.firePass();
    expect(await rig.messages()).toHaveLength(25);
    expect(await refreshZones(files.database)).toBe(0);
    await rig.fireDue();
    expect((await occurrences(id)).length).toBe(30);
  });

  test('leave the second pass of an hour alone when they are the same', async () => {
    await rig.setClock('2026-10-25T00:50:30Z');
    const id = await remind({ ...recurring, cron_expression: '*/5 * * * *' });
    await rig.setClock('2026-10-25T00:55:00.100Z');
    await rig.fireDue();
    expect(await refreshZones(files.database)).toBe(0);
    expect(await get(id)).toMatchObject({ next_fire_at: '2026-10-25T01:00:00.000Z' });
  });
});

describe('a clock that is set back', () => {
  test('asks nothing again that was asked', async () => {
    const id = await remind({ type: 'one_time', trigger_at: '2026-11-20T09:00:00Z', nag_every_s: 600 });
    await fireAt('09:00', '09:10');
    await rig.setClock('2026-11-20T09:05:00Z');
    expect((await change(id, { catch_up: 'all' })).json).toMatchObject({
      next_fire_at: '2026-11-20T09:20:00.000Z',
    });
    await fireAt('09:10', '09:20');
    expect(await rig.messages()).toHaveLength(3);
  });

  test('makes no difference of what was paused and resumed then', async () => {
    const id = await remind(hourly);
    await fireAt('09:00', '10:00', '11:00', '12:00');
    await rig.setClock('2026-11-20T08:30:00Z');
    await change(id, { status: 'paused' });
    expect((await change(id, { status: 'active' })).json).toMatchObject({
      next_fire_at: '2026-11-20T13:00:00.000Z',
    });
    await fireAt('11:17');
    expect(await differences()).toEqual([]);
  });
});

describe('jitter that becomes another', () => {
  test('brings nothing back that has come', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => await remind({ ...recurring, cron_expression: '0 10 * * *' })),
    );
    await fireAt('09:00');
    for (const id of ids) {
      const { next_fire_at } = (await change(id, { jitter_s: 3_600 })).json as { next_fire_at?: string };
      expect(next_fire_at!.slice(0, 10)).toBe('2026-11-21');
    }
  });

  test('loses nothing that is due', async () => {
    const id = await remind(hourly);
    await rig.setClock('2026-11-20T09:00:00.050Z');
    await change(id, { jitter_s: 30 });
    await rig.fireDue();
    expect(await occurrences(id)).toEqual(['20T09:00 schedule delivered 1']);
    expect(await differences()).toEqual([]);
  });

  test('leaves a minute between two times, however they fall', async () => {
    const asked = (body: unknown) => rig.call('POST', '/api/reminders', { text: 'x', ...(body as object) });
    for (let time = 0; time < 10; time++) {
      expect((await asked({ ...hourly, jitter_s: 3_540 })).status).toBe(201);
    }
    const refused = { status: 422, json: { errors: [{ path: 'jitter_s' }] } };
    expect(await asked({ ...hourly, jitter_s: 3_541 })).toMatchObject(refused);
    const minutely = await remind({ ...recurring, cron_expression: '* * * * *' });
    expect(await change(minutely, { jitter_s: 1 })).toMatchObject(refused);
  });
});

describe('edits', () => {
  test('what was due and is edited away has its fate', async () => {
    const paused = await remind(hourly);
    const done = await remind({ type: 'one_time', trigger_at: '2026-11-20T09:00:00Z' });
    await rig.setClock('2026-11-20T10:30:00Z');
    await change(paused, { status: 'paused' });
    await rig.call('POST', `/api/reminders/${done}/done`);
    expect(await rig.fireDue()).toBe(0);
    expect(await occurrences(paused)).toEqual(['20T09:00 schedule skipped 2']);
    expect(await occurrences(done)).toEqual(['20T09:00 schedule skipped 1']);
  });

  test('what only asks again can be paused, resumed and moved', async () => {
    const rrule = 'DTSTART:20261120T100000\nRRULE:FREQ=DAILY;COUNT=1';
    const id = await remind({ ...recurring, rrule, nag_every_s: 600 });
    await fireAt('09:00');
    expect((await change(id, { timezone: 'Europe/London' })).status).toBe(200);
    await change(id, { status: 'paused' });
    expect((await change(id, { status: 'active' })).json).toMatchObject({
      next_fire_at: '2026-11-20T09:10:00.000Z',
    });
  });

  test('what has stopped asking does not begin again; what was cancelled is not done', async () => {
    const id = await remind({ type: 'one_time', trigger_at: '2026-11-20T09:00:00Z', nag_every_s: 600 });
    await fireAt('09:00');
    expect((await change(id, { nag_every_s: null })).json).toMatchObject({ nagging_since: null });
    expect((await change(id, { nag_every_s: 600, status: 'active' })).json).toMatchObject({
      code: 'schedules.fired',
    });
    const other = await remind(hourly);
    const cancelled = await remind({ type: 'one_time', trigger_at: '2026-12-01T09:00:00Z' });
    await change(cancelled, { status: 'cancelled' });
    for (const one of [cancelled, other]) await rig.call('POST', `/api/reminders/${one}/done`);
    expect((await get(cancelled))['status']).toBe('cancelled');
  });

  test('a backfill leaves what still waits to come by itself', async () => {
    const id = await remind({ ...hourly, catch_up: 'all' });
    await rig.setClock('2026-11-20T12:00:30Z');
    const body = { from: '2026-11-20T06:30:00Z', to: '2026-11-20T12:30:00Z' };
    await rig.call('POST', `/api/reminders/${id}/backfill`, body);
    await rig.fireDue();
    expect(await occurrences(id)).toEqual([
      '20T07:00 backfill delivered 1',
      '20T08:00 backfill delivered 1',
      ...['09', '10', '11', '12'].map((hour) => `20T${hour}:00 schedule delivered 1`),
    ]);
  });
});

test('a hundred missed ones come in parts, each once, and in order', async () => {
  const id = await remind({ ...recurring, cron_expression: '* * * * *', catch_up: 'all' });
  await rig.setClock('2026-11-20T09:00:00.100Z');
  expect(await rig.fireDue()).toBe(3);
  expect(await rig.messages()).toHaveLength(60);
  expect(new Set(await occurrences(id)).size).toBe(50);
  expect(await differences()).toEqual([]);
});
