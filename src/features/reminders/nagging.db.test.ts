import { beforeEach, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { remindersRig, type RemindersRig } from '#test/reminders-rig.ts';

const files = testDatabase();
let rig: RemindersRig;

beforeEach(async () => {
  await files.owner.query('delete from users');
  rig = await remindersRig(files, { now: '2026-11-20T08:00:00Z' });
});

const once = { type: 'one_time', trigger_at: '2026-11-20T09:00:00Z' };
const daily = { type: 'recurring', cron_expression: '0 9 * * *' };

async function remind(body: Record<string, unknown>): Promise<string> {
  const made = await rig.call('POST', '/api/reminders', { text: 'pill', nag_every_s: 600, ...body });
  expect(made).toMatchObject({ status: 201, json: { nag_every_s: 600, nagging_since: null } });
  return made.json.id;
}

const get = async (id: string) => (await rig.call('GET', `/api/reminders/${id}`)).json;
const post = async (id: string, what: string, body: unknown = {}) =>
  await rig.call('POST', `/api/reminders/${id}/${what}`, body);

async function occurrences(id: string): Promise<string[]> {
  const { items } = (await rig.call('GET', `/api/reminders/${id}/occurrences`)).json as unknown as {
    items: { due_at: string; trigger: string; fate: string; count: number }[];
  };
  return items
    .toReversed()
    .map(({ due_at, trigger, fate, count }) => `${due_at.slice(11, 16)} ${trigger} ${fate} ${count}`);
}

test('is asked again until it is done, each time once', async () => {
  const id = await remind(once);
  await rig.setClock('2026-11-20T09:00:00.100Z');
  expect(await rig.fireDue()).toBe(1);
  expect(await get(id)).toMatchObject({
    status: 'active',
    nagging_since: '2026-11-20T09:00:00.000Z',
    next_fire_at: '2026-11-20T09:10:00.000Z',
    next_local: ['2026-11-20T09:10:00+00:00[UTC]'],
  });
  expect(await rig.fireDue()).toBe(0);
  for (const at of ['09:10', '09:20']) {
    await rig.setClock(`2026-11-20T${at}:00.100Z`);
    expect(await rig.fireDue()).toBe(1);
  }
  expect((await post(id, 'done')).json).toMatchObject({
    status: 'completed',
    nagging_since: null,
    next_fire_at: null,
  });
  await rig.setClock('2026-11-20T12:00:00Z');
  expect(await rig.fireDue()).toBe(0);
  expect(await rig.messages()).toEqual(['pill', 'pill', 'pill']);
  expect(await occurrences(id)).toEqual([
    '09:00 schedule delivered 1',
    '09:10 nag delivered 1',
    '09:20 nag delivered 1',
  ]);
});

test('of one that recurs asking ends where the next begins, or it is done', async () => {
  const id = await remind({ ...daily, nag_every_s: 600 });
  await rig.setClock('2026-11-20T09:00:00.100Z');
  expect(await rig.fireDue()).toBe(1);
  expect((await post(id, 'done')).json).toMatchObject({
    status: 'active',
    next_fire_at: '2026-11-21T09:00:00.000Z',
  });
  await rig.setClock('2026-11-21T09:00:00.100Z');
  expect(await rig.fireDue()).toBe(1);
  expect(await get(id)).toMatchObject({ next_fire_at: '2026-11-21T09:10:00.000Z', done_at: null });
  expect(await occurrences(id)).toEqual(['09:00 schedule delivered 1', '09:00 schedule delivered 1']);
});

test('after an outage it is not asked again about what has come anew', async () => {
  const id = await remind(daily);
  await rig.setClock('2026-11-20T09:00:00.100Z');
  await rig.fireDue();
  // Off from 09:05 until the next day.
  await rig.setClock('2026-11-21T09:25:00Z');
  await rig.fireDue();
  expect(await occurrences(id)).toEqual([
    '09:00 schedule delivered 1',
    '09:10 nag missed 143',
    '09:00 schedule delivered 1',
  ]);
  expect(await get(id)).toMatchObject({
    nagging_since: '2026-11-21T09:00:00.000Z',
    next_fire_at: '2026-11-21T09:30:00.000Z',
  });
});

test('after an outage it is asked again once', async () => {
  const id = await remind(once);
  await rig.setClock('2026-11-20T09:00:00.100Z');
  await rig.fireDue();
  await rig.setClock('2026-11-20T09:45:00Z');
  expect(await rig.fireDue()).toBe(1);
  expect(await rig.messages()).toEqual([
    'pill',
    'pill (5 min late, I was offline; 3 earlier ones were missed)',
  ]);
  expect((await get(id))['next_fire_at']).toBe('2026-11-20T09:50:00.000Z');
});

test('put off, it is the new one that asks', async () => {
  const id = await remind(once);
  await rig.setClock('2026-11-20T09:00:00.100Z');
  await rig.fireDue();
  const snoozed = await post(id, 'snooze', { until: '2026-11-20T11:00:00Z' });
  expect(snoozed.json).toMatchObject({ nag_every_s: 600, snoozed_from: id });
  expect(await get(id)).toMatchObject({ status: 'completed', next_fire_at: null });
  await rig.setClock('2026-11-20T11:00:00.100Z');
  expect(await rig.fireDue()).toBe(1);
  await rig.setClock('2026-11-20T11:10:00.100Z');
  expect(await rig.fireDue()).toBe(1);
});

test('paused it is quiet, and goes on when it is resumed', async () => {
  const id = await remind(once);
  await rig.setClock('2026-11-20T09:00:00.100Z');
  await rig.fireDue();
  await rig.call('PATCH', `/api/reminders/${id}`, { status: 'paused' });
  await rig.setClock('2026-11-20T10:01:00Z');
  expect(await rig.fireDue()).toBe(0);
  expect((await rig.call('PATCH', `/api/reminders/${id}`, { status: 'active' })).json).toMatchObject({
    next_fire_at: '2026-11-20T10:10:00.000Z',
  });
});

test('can be begun, made another and ended while it is open', async () => {
  const id = await remind(once);
  await rig.setClock('2026-11-20T09:00:00.100Z');
  await rig.fireDue();
  const change = async (nag_every_s: number | null) =>
    (await rig.call('PATCH', `/api/reminders/${id}`, { nag_every_s })).json;
  expect(await change(3_600)).toMatchObject({ next_fire_at: '2026-11-20T10:00:00.000Z' });
  expect(await change(null)).toMatchObject({ status: 'completed', next_fire_at: null });
});

test.each([0, 59, 1.5, '600', 31 * 86_400 + 1])('is not asked for with %j', async (nag_every_s) => {
  const refused = await rig.call('POST', '/api/reminders', { text: 'pill', ...once, nag_every_s });
  expect(refused).toMatchObject({ status: 422, json: { errors: [{ path: 'nag_every_s' }] } });
});
