import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { install, shapes, type Installation, type Person, type Shape } from '#test/installation.ts';
import {
  ask,
  firedNotification,
  mainThreadOf,
  notificationsOf,
  readAll,
  remind,
  said,
  type MessageRecord,
  type OccurrenceRecord,
  type ReminderRecord,
} from '#test/records.ts';
import { until } from '#test/until.ts';

const ZONE = 'Europe/Berlin';
const MINUTE_MS = 60_000;

/** The time on a clock in the user's zone, e.g. `06:14:21`. */
function wallClock(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeStyle: 'medium' }).format(new Date(instant));
}

interface Rig {
  famulus: Installation;
  ann: Person;
  thread: string;
  everyMinute: ReminderRecord;
}

async function begin(shape: Shape): Promise<Rig> {
  const famulus = await install(shape);
  const ann = await famulus.person({ timezone: ZONE });
  const thread = await mainThreadOf(ann.client);
  const body = { type: 'recurring', text: 'look up', cron_expression: '* * * * *' };
  const everyMinute = (await ann.client.post<ReminderRecord>('/api/reminders', body)).body;
  return { famulus, ann, thread, everyMinute };
}

// All from the beginning, so that what comes every minute does so while the other tests run.
const rigs = new Map<Shape, Rig>();
beforeAll(async () => {
  for (const shape of shapes) rigs.set(shape, await begin(shape));
});
afterAll(async () => {
  for (const { famulus } of rigs.values()) await famulus[Symbol.asyncDispose]();
});

async function reminderOf({ client }: Person, id: string): Promise<ReminderRecord> {
  return (await client.get<ReminderRecord>(`/api/reminders/${id}`)).body;
}

async function occurrencesOf({ client }: Person, id: string): Promise<OccurrenceRecord[]> {
  return await readAll<OccurrenceRecord>(client, `/api/reminders/${id}/occurrences`);
}

describe.for(shapes)('the main job, %s', (shape) => {
  let ann: Person;
  let thread: string;
  let everyMinute: ReminderRecord;

  beforeAll(() => {
    ({ ann, thread, everyMinute } = rigs.get(shape)!);
  });

  const reminder = async (id: string) => await reminderOf(ann, id);
  const occurrences = async (id: string) => await occurrencesOf(ann, id);
  const setTo = async (id: string, body: object) =>
    (await ann.client.patch<ReminderRecord>(`/api/reminders/${id}`, body)).body;

  test('a message sets a reminder; it comes when it was promised, once, and is said in the thread', async () => {
    await using events = await ann.client.events();
    const { message, reply } = await ask(ann.client, thread, 'remind me in 3 seconds to stretch');
    const [made] = await readAll<ReminderRecord>(ann.client, '/api/reminders?type=one_time');
    expect(made).toMatchObject({ payload: { text: 'stretch' }, status: 'active', timezone: ZONE });
    // Counted from when the message came in, not from when it was understood.
    expect(Date.parse(made!.next_fire_at!) - Date.parse(message.created_at)).toBe(3_000);
    expect(said(reply)).toContain(wallClock(made!.next_fire_at!));
    expect(made!.next_local).toEqual([expect.stringContaining(`T${wallClock(made!.next_fire_at!)}`)]);
    expect(reply).toMatchObject({ status: 'complete', model: 'builtin/offline' });

    // The one for every minute may come meanwhile.
    const fired = await events.waitFor(
      ({ type, subject }) => type === 'reminder.fired' && subject === `reminder:${made!.id}`,
    );
    const [occurrence, ...others] = await occurrences(made!.id);
    expect(others).toEqual([]);
    expect(occurrence).toMatchObject({ fate: 'delivered', due_at: made!.next_fire_at });
    expect(occurrence!.late_ms).toBeGreaterThanOrEqual(0);
    expect(occurrence!.late_ms).toBe(Date.parse(occurrence!.fired_at!) - Date.parse(occurrence!.due_at));

    const notifications = await notificationsOf(ann.client, made!.id);
    expect(notifications).toEqual([
      expect.objectContaining({ kind: 'reminder', message: 'stretch', occurrence_id: occurrence!.id }),
    ]);
    expect(notifications[0]!.deliveries).toMatchObject([{ channel: 'web', status: 'sent' }]);
    expect(fired).toMatchObject({
      payload: {
        reminder_id: made!.id,
        occurrence_id: occurrence!.id,
        notification_id: notifications[0]!.id,
        due_at: made!.next_fire_at,
        late_ms: occurrence!.late_ms,
      },
    });

    const spoken = await until('the reminder is said', async () => {
      const messages = await readAll<MessageRecord>(ann.client, `/api/threads/${thread}/messages`);
      return messages.find((one) => one.seq > reply.seq && said(one).includes('stretch'));
    });
    expect(spoken).toMatchObject({ role: 'assistant', status: 'complete' });
    expect(await reminder(made!.id)).toMatchObject({ status: 'completed', next_fire_at: null });
  });

  test('what is paused, done, cancelled or deleted does not come; what is moved comes at its new time', async () => {
    const { client } = ann;
    // All five are changed by then, however busy the machine.
    const IN_MS = 4_000;
    const [paused, done, cancelled, deleted, moved] = await Promise.all(
      ['paused', 'done', 'cancelled', 'deleted', 'moved'].map(
        async (text) => await remind(client, text, IN_MS),
      ),
    );
    expect(await setTo(paused!.id, { status: 'paused' })).toMatchObject({
      status: 'paused',
      next_fire_at: null,
    });
    expect((await client.post(`/api/reminders/${done!.id}/done`)).body).toMatchObject({
      status: 'completed',
      next_fire_at: null,
      done_at: expect.any(String) as string,
    });
    expect(await setTo(cancelled!.id, { status: 'cancelled' })).toMatchObject({ next_fire_at: null });
    expect((await client.delete(`/api/reminders/${deleted!.id}`)).status).toBe(204);
    expect((await client.get(`/api/reminders/${deleted!.id}`)).status).toBe(404);
    const trigger_at = new Date(Date.now() + IN_MS + 500).toISOString();
    expect(await setTo(moved!.id, { trigger_at, text: 'moved here' })).toMatchObject({
      next_fire_at: trigger_at,
    });

    // It is due after all the others: when it has come, they would have.
    const told = await firedNotification(client, moved!);
    expect(told.message).toBe('moved here');
    expect(await occurrences(moved!.id)).toMatchObject([{ due_at: trigger_at, fate: 'delivered' }]);
    for (const quiet of [paused, done, cancelled, deleted]) {
      expect(await notificationsOf(client, quiet!.id), quiet!.payload.text).toEqual([]);
    }
  });

  test('a paused rule goes on from now, without what it missed', async () => {
    const body = { type: 'recurring', text: 'tea', cron_expression: '30 16 * * 1-5', timezone: 'Asia/Tokyo' };
    const { status, body: made } = await ann.client.post<ReminderRecord>('/api/reminders', body);
    expect(status).toBe(201);
    expect(made.next_local).toHaveLength(3);
    for (const local of made.next_local) expect(local).toMatch(/T16:30:00\+09:00\[Asia\/Tokyo\]$/);
    expect(await setTo(made.id, { status: 'paused' })).toMatchObject({ next_fire_at: null, next_local: [] });
    expect(await setTo(made.id, { status: 'active' })).toMatchObject({ next_fire_at: made.next_fire_at });
    expect(await setTo(made.id, { cron_expression: '0 9 * * *' })).toMatchObject({
      next_local: [0, 1, 2].map(() => expect.stringContaining('T09:00:00+09:00') as string),
    });
    expect(await occurrences(made.id)).toEqual([]);
  });

  test('a snoozed reminder comes again by itself', async () => {
    const first = await remind(ann.client, 'water the plants', 200);
    await firedNotification(ann.client, first);
    const until_ = new Date(Date.now() + 1_000).toISOString();
    const { status, body: snoozed } = await ann.client.post<ReminderRecord>(
      `/api/reminders/${first.id}/snooze`,
      { until: until_ },
    );
    expect(status).toBe(200);
    expect(snoozed).toMatchObject({ snoozed_from: first.id, next_fire_at: until_, status: 'active' });
    expect((await firedNotification(ann.client, snoozed)).message).toBe('water the plants');
    expect(await notificationsOf(ann.client, first.id)).toHaveLength(1);
  });

  test('a rule is shown before it is saved', async () => {
    const preview = async (body: object) => (await ann.client.post('/api/schedules/preview', body)).body;
    // Over the change to summer time: 9:30 stays 9:30.
    const weekly = { cron_expression: '30 9 * * 6', timezone: ZONE, from: '2026-03-22T00:00:00Z', count: 2 };
    expect(await preview(weekly)).toEqual({
      next: ['2026-03-28T08:30:00.000Z', '2026-04-04T07:30:00.000Z'],
      local: ['2026-03-28T09:30:00+01:00[Europe/Berlin]', '2026-04-04T09:30:00+02:00[Europe/Berlin]'],
      description: expect.stringMatching(/\S/) as string,
    });
    const inWords = { text: 'через 2 часа', timezone: ZONE, from: '2026-05-01T10:00:00Z' };
    expect(await preview(inWords)).toMatchObject({ next: ['2026-05-01T12:00:00.000Z'] });
  });

  test('what is set stands among the schedules, soonest first', async () => {
    const far = await remind(ann.client, 'far', 86_400_000);
    const near = await remind(ann.client, 'near', 3_600_000);
    const schedules = await readAll<{ reminder_id: string; next_fire_at: string }>(
      ann.client,
      '/api/schedules',
    );
    const ids = schedules.map(({ reminder_id }) => reminder_id);
    expect(ids.indexOf(near.id)).toBeLessThan(ids.indexOf(far.id));
    expect(ids).toContain(everyMinute.id);
    const times = schedules.map(({ next_fire_at }) => next_fire_at);
    expect(times).toEqual(times.toSorted());
  });

  test('it remembers, recalls and forgets what it is told', async () => {
    const memories = async () => await readAll<{ key: string; value: string }>(ann.client, '/api/memories');
    await ask(ann.client, thread, 'remember that my locker code is 4711');
    expect(await memories()).toEqual([expect.objectContaining({ value: '4711' })]);
    expect(said((await ask(ann.client, thread, 'what is my locker code?')).reply)).toContain('4711');
    await ask(ann.client, thread, 'forget my locker code');
    expect(await memories()).toEqual([]);
    expect(said((await ask(ann.client, thread, 'what is my locker code?')).reply)).not.toContain('4711');
  });
});

test.for(shapes)('one for every minute has come on the minute, and goes on, %s', async (shape) => {
  const { ann, everyMinute } = rigs.get(shape)!;
  await firedNotification(ann.client, everyMinute, MINUTE_MS + 5_000);
  const fired = await occurrencesOf(ann, everyMinute.id);
  for (const { due_at, fate } of fired) {
    expect(Date.parse(due_at) % MINUTE_MS).toBe(0);
    expect(fate).toBe('delivered');
  }
  const { status, next_fire_at } = await reminderOf(ann, everyMinute.id);
  expect(status).toBe('active');
  // A minute may begin between the two looks.
  const minutes = (Date.parse(next_fire_at!) - Date.parse(fired[0]!.due_at)) / MINUTE_MS;
  expect([1, 2]).toContain(minutes);
});
