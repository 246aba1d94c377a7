import { beforeEach, describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { remindersRig, type RemindersRig } from '#test/reminders-rig.ts';

const files = testDatabase();
let rig: RemindersRig;

beforeEach(async () => {
  await files.owner.query('delete from users');
  rig = await remindersRig(files, { now: '2026-11-20T08:00:00Z', timezone: 'Europe/Berlin' });
});

async function remind(body: Record<string, unknown>) {
  return await rig.call('POST', '/api/reminders', { type: 'recurring', text: 'stretch', ...body });
}

const get = async (id: unknown) => (await rig.call('GET', `/api/reminders/${id as string}`)).json;

describe('an rrule', () => {
  test('without a DTSTART begins when it is set, in the zone', async () => {
    const { json } = await remind({ rrule: 'FREQ=DAILY;INTERVAL=3' });
    expect(json).toMatchObject({
      rrule: 'FREQ=DAILY;INTERVAL=3',
      cron_expression: null,
      next_local: [
        '2026-11-23T09:00:00+01:00[Europe/Berlin]',
        '2026-11-26T09:00:00+01:00[Europe/Berlin]',
        '2026-11-29T09:00:00+01:00[Europe/Berlin]',
      ].map((text) => expect.stringMatching(text.slice(0, 13)) as string),
    });
  });

  test('fires to its end, and is completed with the last', async () => {
    const rrule = 'DTSTART:20261120T100000\nRRULE:FREQ=HOURLY;COUNT=2';
    const { id } = (await remind({ rrule })).json;
    await rig.setClock('2026-11-20T09:00:00.100Z');
    expect(await rig.fireDue()).toBe(1);
    expect(await get(id)).toMatchObject({ status: 'active', next_fire_at: '2026-11-20T10:00:00.000Z' });
    await rig.setClock('2026-11-20T10:00:00.100Z');
    expect(await rig.fireDue()).toBe(1);
    expect(await get(id)).toMatchObject({ status: 'completed', next_fire_at: null });
  });

  test('takes the place of a cron expression, and the other way round', async () => {
    const { id } = (await remind({ cron_expression: '0 9 * * *' })).json;
    const change = async (body: unknown) => (await rig.call('PATCH', `/api/reminders/${id}`, body)).json;
    expect(await change({ rrule: 'DTSTART:20261201T100000\nRRULE:FREQ=WEEKLY' })).toMatchObject({
      cron_expression: null,
      next_fire_at: '2026-12-01T09:00:00.000Z',
    });
    expect(await change({ cron_expression: '0 8 * * *' })).toMatchObject({ rrule: null });
  });

  test.each([
    [{ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'rrule', 'schedules.never'],
    [{ rrule: 'FREQ=SECONDLY' }, 'rrule', 'schedules.too_often'],
    [{ rrule: 'FREQ=OFTEN' }, 'rrule', 'schedules.bad_rrule'],
    [{ rrule: 'FREQ=DAILY', cron_expression: '0 9 * * *' }, 'cron_expression', 'request.invalid'],
    [
      { type: 'one_time', rrule: 'FREQ=DAILY', trigger_at: '2026-12-01T09:00:00Z' },
      'rrule',
      'request.invalid',
    ],
  ])('is refused with %j', async (body, path, code) => {
    const refused = await remind(body);
    expect(refused).toMatchObject({ status: 422, json: { code } });
    expect(refused.json.errors).toEqual(expect.arrayContaining([expect.objectContaining({ path })]));
  });
});

test('jitter puts each time off by its own, within its bounds', async () => {
  const { id } = (await remind({ cron_expression: '0 9 * * *', jitter_s: 600 })).json;
  const late = async () => {
    const { next_local } = (await get(id)) as unknown as { next_local: string[] };
    return next_local.map((local) => Number(local.slice(14, 16)) * 60 + Number(local.slice(17, 19)));
  };
  const seconds = await late();
  expect(seconds).toEqual(await late());
  expect(new Set(seconds).size).toBe(3);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(600);
  await rig.setClock('2026-11-21T08:10:01Z');
  expect(await rig.fireDue()).toBe(1);
  expect(await rig.fireDue()).toBe(0);
  expect((await remind({ type: 'one_time', trigger_at: '2026-12-01T09:00:00Z', jitter_s: 5 })).status).toBe(
    422,
  );
});

describe('because the user says so', () => {
  test('it is said now, and its own times are untouched', async () => {
    const { id, next_fire_at } = (await remind({ cron_expression: '0 12 * * *' })).json;
    const path = `/api/reminders/${id}/run`;
    const [first, second] = [await rig.call('POST', path), await rig.call('POST', path)];
    expect(first).toMatchObject({ status: 200, json: { trigger: 'manual', fate: 'delivered' } });
    expect(second.json['id']).not.toBe(first.json['id']);
    expect(await rig.messages()).toEqual(['stretch', 'stretch']);
    expect(await get(id)).toMatchObject({ next_fire_at, last_fired_at: null, status: 'active' });
  });

  test('it is said for times that were missed, once', async () => {
    const { id } = (await remind({ cron_expression: '0 * * * *', catch_up: 'skip' })).json;
    await rig.setClock('2026-11-20T12:30:00Z');
    expect(await rig.fireDue()).toBe(1);
    expect(await rig.messages()).toEqual([]);
    const path = `/api/reminders/${id}/backfill`;
    const body = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T13:00:00Z' };
    const made = (await rig.call('POST', path, body)).json as unknown as {
      items: { due_at: string; trigger: string }[];
    };
    expect(made.items.map(({ due_at, trigger }) => `${due_at.slice(11, 16)} ${trigger}`)).toEqual([
      '10:00 backfill',
      '11:00 backfill',
      '12:00 backfill',
    ]);
    expect((await rig.call('POST', path, body)).json).toEqual({ items: [] });
    expect(await rig.messages()).toHaveLength(3);
    const long = await rig.call('POST', path, { from: '2020-01-01T00:00:00Z', to: '2026-11-20T13:00:00Z' });
    expect(long).toMatchObject({ status: 422, json: { errors: [{ path: 'to' }] } });
    const back = await rig.call('POST', path, { from: body.to, to: body.from });
    expect(back.status).toBe(422);
  });
});

test('one miss right behind another makes one longer run', async () => {
  const { id } = (await remind({ cron_expression: '0 * * * *', catch_up: 'skip' })).json;
  for (const at of ['10:30', '12:30']) {
    await rig.setClock(`2026-11-20T${at}:00Z`);
    await rig.fireDue();
  }
  const { items } = (await rig.call('GET', `/api/reminders/${id}/occurrences`)).json;
  expect(items).toEqual([
    expect.objectContaining({
      fate: 'skipped',
      due_at: '2026-11-20T09:00:00.000Z',
      until: '2026-11-20T12:00:00.000Z',
      count: 4,
    }),
  ]);
});

describe('the forecast', () => {
  test('is every time of everything, in order and in pages', async () => {
    await remind({ cron_expression: '0 */6 * * *', text: 'water', timezone: 'UTC' });
    await remind({ cron_expression: '0 12 * * *', text: 'lunch', timezone: 'UTC' });
    await remind({ type: 'one_time', text: 'call', trigger_at: '2026-11-20T20:00:00Z' });
    await remind({ type: 'one_time', text: 'later', trigger_at: '2026-11-25T20:00:00Z' });
    const until = '2026-11-21T12:00:00Z';
    const times: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor ? `&cursor=${cursor}` : '';
      const { json } = await rig.call('GET', `/api/schedules?until=${until}&limit=2${after}`);
      const page = json as unknown as {
        items: { text: string; next_fire_at: string }[];
        next_cursor: string | null;
      };
      times.push(...page.items.map(({ text, next_fire_at }) => `${next_fire_at.slice(8, 13)} ${text}`));
      cursor = page.next_cursor;
    }
    expect(times.toSorted()).toEqual(
      [
        '20T12 water',
        '20T12 lunch',
        '20T18 water',
        '20T20 call',
        '21T00 water',
        '21T06 water',
        '21T12 water',
        '21T12 lunch',
      ].toSorted(),
    );
    expect(times.map((time) => time.slice(0, 5))).toEqual(times.map((time) => time.slice(0, 5)).toSorted());
  });

  test('begins where it is asked to', async () => {
    await remind({ cron_expression: '0 */6 * * *', text: 'water', timezone: 'UTC' });
    await remind({ type: 'one_time', text: 'call', trigger_at: '2026-11-20T20:00:00Z' });
    const span = 'from=2026-11-21T06:00:00Z&until=2026-11-21T12:00:00Z';
    const { items } = (await rig.call('GET', `/api/schedules?${span}`)).json as unknown as {
      items: { next_fire_at: string }[];
    };
    expect(items.map(({ next_fire_at }) => next_fire_at.slice(8, 13))).toEqual(['21T06', '21T12']);
  });

  test('without an end is each once, at its next time', async () => {
    await remind({ cron_expression: '* * * * *' });
    expect((await rig.call('GET', '/api/schedules')).json.items).toHaveLength(1);
  });
});
