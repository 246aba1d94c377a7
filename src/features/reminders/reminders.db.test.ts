// long: one harness, and a few lines for each thing a reminder does
import { beforeEach, describe, expect, test } from 'vitest';

import { createFire } from '#features/schedules/index.ts';
import { claimDue, moveDue } from '#platform/due/queries.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';
import type { Reminder } from './contract.ts';
import { remindersFeature } from './feature.ts';
import { reminderKind } from './fire.ts';

const files = testDatabase();
const HOUR_MS = 3_600_000;

let as: Awaited<ReturnType<typeof serveAs>>;
let ada: string;

beforeEach(async () => {
  as = await serveAs(remindersFeature(featureContext(files)));
  await files.owner.query('delete from users');
  await files.moveClock(0);
  ada = await person();
});

async function person(): Promise<string> {
  const { id } = await createUser(files.database.system, { timezone: 'Europe/Berlin' });
  await createAssistant(files.database.system, { user_id: id });
  return id;
}

async function call(method: string, path: string, body?: unknown) {
  const answer = await as(ada)(method, `/api/reminders${path}`, body);
  return { status: answer.status, json: answer.json as unknown as Omit<Reminder, 'next_fire_at'> & Fields };
}

interface Fields {
  next_fire_at: string | null;
  code: string;
  errors: { path: string }[];
  items: { id: string; fate: string; count: number; due_at: string; late_ms: number | null }[];
}

const inFuture = (ms: number) => new Date(Date.now() + ms).toISOString();

async function remind(body: Record<string, unknown> = {}) {
  const made = await call('POST', '', {
    type: 'one_time',
    text: 'stretch',
    trigger_at: inFuture(HOUR_MS),
    ...body,
  });
  expect(made.status).toBe(201);
  return made.json;
}

/** What the scheduler does in one pass. Returns how many schedules were due. */
async function fireDue(): Promise<number> {
  const fire = createFire([reminderKind({ redis: false })]);
  return await files.database.asSystem(async (tx) => {
    const { rows, now } = await claimDue(tx.db, { limit: 1_000 });
    if (rows.length > 0) moveDue(tx, await fire(tx, rows, now));
    return rows.length;
  });
}

async function notifications() {
  const { rows } = await files.owner.query<{ message: string; occurrence_id: string }>(
    'select message, occurrence_id from notifications where user_id = $1 order by id',
    [ada],
  );
  return rows;
}

async function eventTypes(): Promise<string[]> {
  const { rows } = await files.owner.query<{ type: string }>(
    'select type from events where user_id = $1 order by seq',
    [ada],
  );
  return rows.map(({ type }) => type);
}

describe('a reminder', () => {
  test('is set by local time in the zone of the user, and shown with its next instant', async () => {
    const made = await remind({ trigger_at: undefined, local_time: '2030-12-01T09:00' });
    expect(made).toMatchObject({
      status: 'active',
      timezone: 'Europe/Berlin',
      trigger_at: '2030-12-01T08:00:00.000Z',
      next_fire_at: '2030-12-01T08:00:00.000Z',
      next_local: ['2030-12-01T09:00:00+01:00[Europe/Berlin]'],
      payload: { text: 'stretch' },
    });
    expect((await call('GET', `/${made.id}`)).json).toEqual(made);
  });

  test('recurs by cron and shows the next three local times', async () => {
    await files.moveClock(Date.parse('2026-11-20T12:00:00Z') - Date.now());
    const made = await remind({
      type: 'recurring',
      trigger_at: undefined,
      cron_expression: '0 9 * * 1-5',
      timezone: 'America/New_York',
    });
    expect(made.next_local).toEqual([
      '2026-11-20T09:00:00-05:00[America/New_York]',
      '2026-11-23T09:00:00-05:00[America/New_York]',
      '2026-11-24T09:00:00-05:00[America/New_York]',
    ]);
  });

  test('takes its payload as an object or as JSON, and keeps text to the letter', async () => {
    const text = '  два  пробела\nи строка ';
    expect((await remind({ text: undefined, payload: { text, tag: 7 } })).payload).toEqual({ text, tag: 7 });
    expect((await remind({ text: undefined, payload: JSON.stringify({ text }) })).payload).toEqual({ text });
  });

  test.each([
    [{ trigger_at: inFuture(-61_000) }, 'trigger_at', 'schedules.in_the_past'],
    [{ trigger_at: 'soon' }, 'trigger_at', 'request.invalid'],
    [{ trigger_at: undefined }, 'trigger_at', 'request.invalid'],
    [{ local_time: '2030-12-01T09:00' }, 'trigger_at', 'request.invalid'],
    [{ timezone: 'Mars/Olympus' }, 'timezone', 'request.invalid'],
    [{ text: '  ' }, 'text', 'request.invalid'],
    [{ payload: { text: 'twice' } }, 'text', 'request.invalid'],
    [{ text: undefined, payload: '{"no": 1}' }, 'payload', 'request.invalid'],
    [{ cron_expression: '0 9 * * *' }, 'cron_expression', 'request.invalid'],
    [{ type: 'recurring', trigger_at: undefined }, 'cron_expression', 'request.invalid'],
    [
      { type: 'recurring', trigger_at: undefined, cron_expression: '0 0 30 2 *' },
      'cron_expression',
      'schedules.never',
    ],
    [
      { type: 'recurring', trigger_at: undefined, cron_expression: '*/2 * * * * *' },
      'cron_expression',
      'schedules.too_often',
    ],
    [
      { type: 'recurring', trigger_at: undefined, cron_expression: 'x' },
      'cron_expression',
      'schedules.bad_cron',
    ],
    [{ assistant_id: '01a1fc82-f848-76d2-b258-70a4c2d521b3' }, 'assistant_id', 'request.invalid'],
    [{ colour: 'red' }, 'colour', 'request.invalid'],
  ])('is refused with %j: %s', async (body, path, code) => {
    const refused = await call('POST', '', {
      type: 'one_time',
      text: 'stretch',
      trigger_at: inFuture(HOUR_MS),
      ...body,
    });
    expect(refused).toMatchObject({ status: 422, json: { code } });
    expect(refused.json.errors.map((error) => error.path)).toContain(path);
  });

  test('a minute late is still taken, and fires at once', async () => {
    await remind({ trigger_at: inFuture(-30_000) });
    expect(await fireDue()).toBe(1);
    expect(await notifications()).toHaveLength(1);
  });

  test("is not there for anyone else, nor is another's assistant", async () => {
    const { id, assistant_id } = await remind();
    ada = await person();
    for (const [method, path, body] of [
      ['GET', `/${id}`],
      ['PATCH', `/${id}`, { title: 'mine' }],
      ['DELETE', `/${id}`],
      ['POST', `/${id}/done`],
      ['POST', `/${id}/snooze`, { minutes: 5 }],
      ['GET', `/${id}/occurrences`],
    ] as const) {
      expect(await call(method, path, body), `${method} ${path}`).toMatchObject({ status: 404 });
    }
    expect(
      await call('POST', '', { type: 'one_time', text: 'x', trigger_at: inFuture(HOUR_MS), assistant_id }),
    ).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'assistant_id' }] },
    });
    expect((await call('GET', '')).json.items).toEqual([]);
  });
});

describe('at its instant', () => {
  test('it makes one notification, its events and one occurrence, and is completed', async () => {
    const { id } = await remind({ trigger_at: inFuture(60_000) });
    expect(await fireDue()).toBe(0);
    await files.moveClock(60_500);
    expect(await fireDue()).toBe(1);
    expect(await fireDue()).toBe(0);
    expect(await notifications()).toEqual([{ message: 'stretch', occurrence_id: expect.any(String) }]);
    expect(await eventTypes()).toEqual(['reminder.updated', 'notification.created', 'reminder.fired']);
    const { items } = (await call('GET', `/${id}/occurrences`)).json;
    expect(items).toEqual([
      expect.objectContaining({ fate: 'delivered', count: 1, late_ms: expect.any(Number) }),
    ]);
    expect(items[0]!.late_ms).toBeGreaterThanOrEqual(0);
    expect((await call('GET', `/${id}`)).json).toMatchObject({
      status: 'completed',
      next_fire_at: null,
      next_local: [],
    });
  });

  test('late after downtime it says so; a recurring one tells what was missed and goes on', async () => {
    const start = Date.parse('2026-11-20T12:00:00Z') - Date.now();
    await files.moveClock(start);
    const { id } = await remind({ type: 'recurring', trigger_at: undefined, cron_expression: '0 * * * *' });
    await remind({ text: 'once', trigger_at: '2026-11-20T13:00:00Z' });
    await files.moveClock(start + 3.5 * HOUR_MS);
    expect(await fireDue()).toBe(2);
    const messages = (await notifications()).map(({ message }) => message);
    expect(messages.toSorted()).toEqual([
      'once (2 h late, I was offline)',
      'stretch (30 min late, I was offline; 2 earlier ones were missed)',
    ]);
    const { items } = (await call('GET', `/${id}/occurrences`)).json;
    expect(items.map(({ fate, count, due_at }) => [fate, count, due_at])).toEqual(
      expect.arrayContaining([
        ['delivered', 1, '2026-11-20T15:00:00.000Z'],
        ['missed', 2, '2026-11-20T13:00:00.000Z'],
      ]),
    );
    expect((await eventTypes()).filter((type) => type === 'schedule.missed')).toHaveLength(1);
    expect((await call('GET', `/${id}`)).json.next_fire_at).toBe('2026-11-20T16:00:00.000Z');
  });

  test('a whole batch fires in one pass, each once', async () => {
    await Promise.all(
      Array.from(
        { length: 50 },
        async (_, n) => await remind({ text: `n${n}`, trigger_at: inFuture(1_000) }),
      ),
    );
    await files.moveClock(2_000);
    expect(await fireDue()).toBe(50);
    const messages = (await notifications()).map(({ message }) => message);
    expect(new Set(messages).size).toBe(50);
  });
});

describe('changing it', () => {
  test('a new time is a new revision: the old instant can not fire', async () => {
    const { id } = await remind({ trigger_at: inFuture(1_000) });
    const moved = await call('PATCH', `/${id}`, { trigger_at: inFuture(HOUR_MS), title: 'later' });
    expect(moved).toMatchObject({ status: 200, json: { title: 'later', status: 'active' } });
    await files.moveClock(2_000);
    expect(await fireDue()).toBe(0);
    await files.moveClock(HOUR_MS + 2_000);
    expect(await fireDue()).toBe(1);
  });

  test('new words alone keep the instant, even one that is due already', async () => {
    const { id } = await remind({ trigger_at: inFuture(1_000) });
    await files.moveClock(2_000);
    await call('PATCH', `/${id}`, { text: 'breathe', catch_up: 'all' });
    expect(await fireDue()).toBe(1);
    expect((await notifications())[0]!.message).toBe('breathe');
  });

  test('paused it does not fire; resumed it goes on without what was missed', async () => {
    const start = Date.parse('2026-11-20T12:30:00Z') - Date.now();
    await files.moveClock(start);
    const { id } = await remind({ type: 'recurring', trigger_at: undefined, cron_expression: '0 * * * *' });
    expect((await call('PATCH', `/${id}`, { status: 'paused' })).json).toMatchObject({
      status: 'paused',
      next_fire_at: null,
    });
    await files.moveClock(start + 2 * HOUR_MS);
    expect(await fireDue()).toBe(0);
    expect((await call('PATCH', `/${id}`, { status: 'active' })).json.next_fire_at).toBe(
      '2026-11-20T15:00:00.000Z',
    );
    expect(await notifications()).toEqual([]);
  });

  test.each(['completed', 'cancelled'])(
    '%s it never fires, and a new time makes it active again',
    async (status) => {
      const { id } = await remind({ trigger_at: inFuture(1_000) });
      expect((await call('PATCH', `/${id}`, { status })).json).toMatchObject({ status, next_fire_at: null });
      await files.moveClock(2_000);
      expect(await fireDue()).toBe(0);
      const again = await call('PATCH', `/${id}`, { trigger_at: inFuture(HOUR_MS) });
      expect(again.json).toMatchObject({ status: 'active', next_fire_at: again.json.trigger_at });
    },
  );

  test('one whose instant has passed can not be made active without a new time', async () => {
    const { id } = await remind({ trigger_at: inFuture(1_000) });
    await call('PATCH', `/${id}`, { status: 'cancelled' });
    await files.moveClock(HOUR_MS);
    expect(await call('PATCH', `/${id}`, { status: 'active' })).toMatchObject({
      status: 422,
      json: { code: 'schedules.in_the_past' },
    });
    expect((await call('GET', `/${id}`)).json.status).toBe('cancelled');
  });

  test('deleted it is gone with its due row', async () => {
    const { id, schedule_id } = await remind();
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect((await call('GET', `/${id}`)).status).toBe(404);
    const { rowCount } = await files.owner.query('select from due where schedule_id = $1', [schedule_id]);
    expect(rowCount).toBe(0);
  });
});

test('the activity log has what was done with it, without its words', async () => {
  const { id } = await remind();
  await call('PATCH', `/${id}`, { title: 'soon' });
  await call('PATCH', `/${id}`, { status: 'paused' });
  await call('PATCH', `/${id}`, { status: 'active' });
  await call('POST', `/${id}/snooze`, { minutes: 5 });
  await call('POST', `/${id}/done`);
  await call('DELETE', `/${id}`);
  const { rows } = await files.owner.query<{ type: string; actor: string; all: string }>(
    'select type, actor, activity::text as all from activity where user_id = $1 order by id',
    [ada],
  );
  expect(rows.map(({ type }) => type)).toEqual(
    ['set', 'changed', 'paused', 'active', 'snoozed', 'done', 'deleted'].map((what) => `reminder.${what}`),
  );
  expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set(['user']));
  expect(rows.filter(({ all }) => all.includes('stretch'))).toEqual([]);
});

test('edits while it fires neither double nor lose it', async () => {
  const made = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => await remind({ text: `n${n}`, trigger_at: inFuture(1_000) })),
  );
  await files.moveClock(2_000);
  const edits = made.map(
    async ({ id }) => await call('PATCH', `/${id}`, { status: 'active', catch_up: 'all' }),
  );
  const passes = (async () => {
    for (let n = 0; n < 10; n++) await fireDue();
  })();
  const answers = await Promise.all(edits);
  await passes;
  await fireDue();
  // One that had fired before its edit came stays completed.
  expect([200, 422]).toEqual(expect.arrayContaining(answers.map(({ status }) => status)));
  const messages = (await notifications()).map(({ message }) => message);
  expect(messages.toSorted()).toEqual(made.map(({ payload }) => payload.text).toSorted());
});

describe('snooze and done', () => {
  test('a snooze is a reminder of its own; the rule it came from is untouched', async () => {
    const made = await remind({ type: 'recurring', trigger_at: undefined, cron_expression: '0 9 * * *' });
    const snoozed = await call('POST', `/${made.id}/snooze`, { minutes: 10 });
    expect(snoozed).toMatchObject({
      status: 200,
      json: { type: 'one_time', snoozed_from: made.id, payload: { text: 'stretch' }, status: 'active' },
    });
    expect(snoozed.json.id).not.toBe(made.id);
    expect(Math.abs(Date.parse(snoozed.json.next_fire_at!) - Date.now() - 600_000)).toBeLessThan(60_000);
    expect((await call('GET', `/${made.id}`)).json).toEqual(made);
  });

  test.each([
    [{}],
    [{ minutes: 0 }],
    [{ minutes: 5, until: inFuture(HOUR_MS) }],
    [{ until: inFuture(-HOUR_MS) }],
  ])('a snooze of %j is refused', async (body) => {
    const { id } = await remind();
    expect((await call('POST', `/${id}/snooze`, body)).status).toBe(422);
  });

  test('done before its time, a one-time reminder does not fire', async () => {
    const { id } = await remind({ trigger_at: inFuture(1_000) });
    expect((await call('POST', `/${id}/done`)).json).toMatchObject({
      status: 'completed',
      done_at: expect.any(String),
    });
    await files.moveClock(2_000);
    expect(await fireDue()).toBe(0);
  });

  test('done, a recurring reminder goes on and is open again when it fires', async () => {
    const start = Date.parse('2026-11-20T12:30:00Z') - Date.now();
    await files.moveClock(start);
    const { id } = await remind({ type: 'recurring', trigger_at: undefined, cron_expression: '0 * * * *' });
    await call('POST', `/${id}/done`);
    await files.moveClock(start + HOUR_MS);
    expect(await fireDue()).toBe(1);
    expect((await call('GET', `/${id}`)).json).toMatchObject({ status: 'active', done_at: null });
  });
});

describe('lists', () => {
  test('go newest first in pages, by status and type', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift((await remind({ text: `n${n}` })).id);
    await call('PATCH', `/${ids[0]}`, { status: 'cancelled' });
    const first = (await as(ada)('GET', '/api/reminders?limit=3')).json;
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const second = (await as(ada)('GET', `/api/reminders?limit=3&cursor=${first.next_cursor}`)).json;
    expect(second).toMatchObject({ items: [{ id: ids[3] }, { id: ids[4] }], next_cursor: null });
    const cancelled = (await as(ada)('GET', '/api/reminders?status=cancelled&type=one_time')).json;
    expect(cancelled.items.map(({ id }) => id)).toEqual([ids[0]]);
  });

  test('scheduled: the active ones, soonest first', async () => {
    const late = await remind({ trigger_at: inFuture(2 * HOUR_MS) });
    const soon = await remind({ trigger_at: inFuture(HOUR_MS) });
    await call('PATCH', `/${(await remind()).id}`, { status: 'paused' });
    const { items } = (await call('GET', '/scheduled')).json;
    expect(items.map(({ id }) => id)).toEqual([soon.id, late.id]);
  });
});
