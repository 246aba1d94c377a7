// long: every field of a form, and every way back
import { beforeEach, describe, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { fireDue, reminded } from '#test/reminded.ts';

const files = testDatabase();
const HOUR_MS = 3_600_000;
const start = Date.parse('2026-11-20T12:30:00Z');

let ada: Awaited<ReturnType<typeof reminded>>;

/** Now is so long after half past twelve on 20 November. */
async function after(ms: number): Promise<void> {
  await files.moveClock(start + ms - Date.now());
}

beforeEach(async () => {
  await after(0);
  await files.owner.query('delete from users');
  ada = await reminded(files);
});

const once = { trigger_at: '2026-11-20T13:00:00Z' };
const hourly = { type: 'recurring', cron_expression: '0 * * * *' };

describe('a form edits', () => {
  test('every field', async () => {
    const { id } = await ada.remind(once);
    const changed = await ada.patch(id, {
      text: 'breathe',
      title: 'Air',
      local_time: '2026-12-01T09:00',
      timezone: 'Asia/Tokyo',
      catch_up: 'skip',
    });
    expect(changed).toMatchObject({
      status: 200,
      json: {
        payload: { text: 'breathe' },
        title: 'Air',
        trigger_at: '2026-12-01T00:00:00.000Z',
        timezone: 'Asia/Tokyo',
        catch_up: 'skip',
        next_local: ['2026-12-01T09:00:00+09:00[Asia/Tokyo]'],
      },
    });
    expect((await ada.patch(id, { title: null })).json.title).toBeNull();
  });

  test('a one-time reminder into a recurring one, and back', async () => {
    const { id } = await ada.remind(once);
    expect((await ada.patch(id, { cron_expression: '0 9 * * *' })).json).toMatchObject({
      type: 'recurring',
      trigger_at: null,
      cron_expression: '0 9 * * *',
      next_fire_at: '2026-11-21T08:00:00.000Z',
    });
    expect((await ada.patch(id, { local_time: '2026-11-20T14:00' })).json).toMatchObject({
      type: 'one_time',
      trigger_at: '2026-11-20T13:00:00.000Z',
      cron_expression: null,
      next_fire_at: '2026-11-20T13:00:00.000Z',
    });
    await after(HOUR_MS);
    expect(await fireDue(files)).toBe(1);
    // What has fired once can be made to recur.
    expect((await ada.patch(id, { cron_expression: '0 9 * * *' })).json).toMatchObject({
      type: 'recurring',
      status: 'active',
      next_fire_at: '2026-11-21T08:00:00.000Z',
    });
  });

  test('the time of a paused one, which stays paused', async () => {
    const { id } = await ada.remind(hourly);
    await ada.patch(id, { status: 'paused' });
    expect((await ada.patch(id, { cron_expression: '30 * * * *' })).json).toMatchObject({
      status: 'paused',
      next_fire_at: null,
    });
    expect((await ada.patch(id, { status: 'active' })).json.next_fire_at).toBe('2026-11-20T13:30:00.000Z');
  });

  test.each([
    [{ local_time: '2026-11-20T09:00' }, 'local_time'],
    [{ trigger_at: '2026-11-20T09:00:00Z' }, 'trigger_at'],
    [{ cron_expression: '0 0 30 2 *' }, 'cron_expression'],
  ])('and hears what is wrong of the field it gave: %j', async (body, path) => {
    const { id } = await ada.remind(once);
    expect(await ada.patch(id, body)).toMatchObject({ status: 422, json: { errors: [{ path }] } });
    const snoozed = await ada.call('POST', `/api/reminders/${id}/snooze`, { until: '2026-11-20T09:00:00Z' });
    expect(snoozed).toMatchObject({ status: 422, json: { errors: [{ path: 'until' }] } });
  });
});

describe('undo', () => {
  test.each(['cancelled', 'completed'])(
    'makes a %s one active again while its time is to come',
    async (status) => {
      for (const body of [once, hourly]) {
        const made = await ada.remind(body);
        await ada.patch(made.id, { status });
        expect((await ada.patch(made.id, { status: 'active' })).json).toMatchObject({
          status: 'active',
          next_fire_at: made.next_fire_at,
        });
      }
    },
  );

  test('takes back a done before its time', async () => {
    const { id } = await ada.remind(once);
    await ada.call('POST', `/api/reminders/${id}/done`);
    expect((await ada.patch(id, { status: 'active' })).json).toMatchObject({
      status: 'active',
      done_at: null,
    });
    await after(HOUR_MS);
    expect(await fireDue(files)).toBe(1);
  });

  test('holds for one that has fired and was given another time', async () => {
    const { id } = await ada.remind(once);
    await after(HOUR_MS);
    await fireDue(files);
    expect(await ada.patch(id, { status: 'active' })).toMatchObject({
      status: 422,
      json: { code: 'schedules.fired' },
    });
    await ada.patch(id, { trigger_at: '2026-11-20T18:00:00Z' });
    await ada.patch(id, { status: 'cancelled' });
    expect((await ada.patch(id, { status: 'active' })).json.next_fire_at).toBe('2026-11-20T18:00:00.000Z');
  });
});

test('a one-time reminder that has fired is marked as done, and can be put off', async () => {
  const { id } = await ada.remind(once);
  await after(HOUR_MS);
  await fireDue(files);
  const done = await ada.call('POST', `/api/reminders/${id}/done`);
  expect(done).toMatchObject({ status: 200, json: { status: 'completed', done_at: expect.any(String) } });
  const until = '2026-11-20T16:00:00.000Z';
  const snoozed = await ada.call('POST', `/api/reminders/${id}/snooze`, { until });
  expect(snoozed.json).toMatchObject({ next_fire_at: until, snoozed_from: id, status: 'active' });
});

test('other tabs hear of every change, a snooze’s new reminder included', async () => {
  const { id } = await ada.remind(hourly);
  await ada.patch(id, { title: 'Air' });
  const snoozed = await ada.call('POST', `/api/reminders/${id}/snooze`, { minutes: 5 });
  await ada.call('POST', `/api/reminders/${id}/done`);
  await ada.call('DELETE', `/api/reminders/${id}`);
  expect(await ada.updates()).toEqual([id, id, snoozed.json.id, id, id, id]);
});

test('what a preview understood is set as it stands', async () => {
  const text = 'напомни полить цветы по будням в 8:30';
  const { json } = await ada.call('POST', '/api/reminders/preview', { text });
  expect(json.understood).not.toBeNull();
  expect((await ada.call('GET', '/api/reminders')).json.items).toEqual([]);
  const made = await ada.call('POST', '/api/reminders', json.understood);
  expect(made).toMatchObject({
    status: 201,
    json: { type: 'recurring', timezone: 'Europe/Berlin', next_fire_at: '2026-11-23T07:30:00.000Z' },
  });
  const asked = await ada.call('POST', '/api/reminders/preview', { text: 'call Mum' });
  expect(asked).toMatchObject({ status: 200, json: { understood: null } });
});

test('the reminders of a disabled user go on firing, where they will be found', async () => {
  const { id } = await ada.remind(hourly);
  await files.owner.query('update users set is_active = false where id = $1', [ada.id]);
  await after(HOUR_MS);
  expect(await fireDue(files)).toBe(1);
  const { rows } = await files.owner.query(
    `select n.subject, o.fate from notifications n join occurrences o on o.id = n.occurrence_id where n.user_id = $1`,
    [ada.id],
  );
  expect(rows).toEqual([{ subject: `reminder:${id}`, fate: 'delivered' }]);
  const spoken = await files.owner.query(
    `select from lane_items i join notifications n on i.payload -> 'occurrence_ids' ? n.occurrence_id::text
     where n.user_id = $1 and i.kind = 'reminder.speak' and i.status = 'pending'`,
    [ada.id],
  );
  expect(spoken.rowCount).toBe(1);
  const { rows: due } = await files.owner.query<{ fire_at: Date }>(
    'select fire_at from due join schedules s on s.id = schedule_id where s.user_id = $1',
    [ada.id],
  );
  expect(due).toEqual([{ fire_at: new Date('2026-11-20T14:00:00Z') }]);
});
