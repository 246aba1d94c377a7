import { beforeEach, describe, expect, test } from 'vitest';

import { Tainted } from '#features/tools/index.ts';
import { createFire } from '#features/schedules/index.ts';
import { claimDue, moveDue } from '#platform/due/queries.ts';
import { testDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { reminderKind } from './fire.ts';
import { reminderTool } from './tools.ts';

const files = testDatabase();
const HOUR_MS = 3_600_000;
/** A Friday, 13:30 in Berlin. */
const FRIDAY = Date.parse('2026-11-20T12:30:00Z');

let context: Parameters<typeof reminderTool.execute>[2];

beforeEach(async () => {
  await files.owner.query('delete from users');
  await files.moveClock(FRIDAY - Date.now());
  const { id } = await createUser(files.database.system, { timezone: 'Europe/Berlin' });
  const assistant = await createAssistant(files.database.system, { user_id: id });
  context = {
    user_id: id,
    assistant_id: assistant.id,
    thread_id: 'none',
    turn_id: 'none',
    call_id: 'none',
    tainted: false,
    timezone: 'Europe/Berlin',
    locale: 'en',
    now: new Date(FRIDAY),
  };
});

async function use(input: Record<string, unknown>) {
  return await files.database.asUser(
    context.user_id,
    async (tx) => await reminderTool.execute(tx, input, context),
  );
}

const once = async (text: string, time: string) =>
  await use({ action: 'create', text, trigger_at: `${time}:00+01:00` });

async function texts(input: Record<string, unknown> = {}) {
  const { items } = (await use({ action: 'list', ...input })) as {
    items: { text: string; next_local: string[] }[];
  };
  return items.map(({ text, next_local }) => `${next_local[0]?.slice(5, 16)} ${text}`);
}

async function fireDue(): Promise<void> {
  const fire = createFire([reminderKind({ redis: false })]);
  await files.database.asSystem(async (tx) => {
    const { rows, now } = await claimDue(tx.db, { limit: 1_000 });
    moveDue(tx, await fire(tx, rows, now));
  });
}

describe('several of the same words', () => {
  beforeEach(async () => {
    await once('leave', '2026-11-21T09:00');
    await once('leave', '2026-11-22T09:00');
    await once('stretch', '2026-11-23T09:00');
  });

  test('are told apart by their times, and one is chosen by it', async () => {
    expect(await use({ action: 'cancel', query: 'leave' })).toMatchObject({
      ambiguous: [
        { text: 'leave', next_local: ['2026-11-21T09:00:00+01:00[Europe/Berlin]'] },
        { text: 'leave', next_local: ['2026-11-22T09:00:00+01:00[Europe/Berlin]'] },
      ],
    });
    expect(await use({ action: 'cancel', query: 'leave', at: '2026-11-22T08:00:00Z' })).toMatchObject({
      status: 'cancelled',
    });
    expect(await texts()).toEqual(['11-21T09:00 leave', '11-23T09:00 stretch']);
  });

  test('all of them are cancelled at once, or all there are', async () => {
    expect(await use({ action: 'cancel', query: 'leave', all: true })).toEqual({ cancelled: 2 });
    expect(await texts()).toEqual(['11-23T09:00 stretch']);
    expect(await use({ action: 'cancel', all: true })).toEqual({ cancelled: 1 });
    expect(await use({ action: 'cancel', all: true })).toMatchObject({ code: 'not_found' });
  });

  test('a time that none of them has finds none', async () => {
    expect(await use({ action: 'cancel', at: '2026-11-22T08:00:01Z' })).toMatchObject({ code: 'not_found' });
  });
});

describe('a list', () => {
  test('of a day has what comes on it in the zone of the user, whatever comes sooner', async () => {
    await use({ action: 'create', text: 'water', cron_expression: '0 9 * * *' });
    await use({ action: 'create', text: 'bins', cron_expression: '0 7 * * 1' });
    await once('first minute', '2026-11-22T00:00');
    await once('last minute', '2026-11-22T23:59');
    await once('next day', '2026-11-23T00:00');
    expect(await texts({ date: '2026-11-22' })).toEqual([
      '11-22T00:00 first minute',
      '11-22T09:00 water',
      '11-22T23:59 last minute',
    ]);
    expect(await texts({ date: '2026-11-20' })).toEqual([]);
    expect(await texts()).toHaveLength(5);
  });

  test('tells how many more there are than it has', async () => {
    for (let n = 0; n < 52; n++) await once(`n${n}`, '2026-11-22T09:00');
    expect(await use({ action: 'list' })).toMatchObject({ items: { length: 50 }, more: 2 });
  });
});

describe('without words', () => {
  test.each(['snooze', 'done'])('%s means the one that fired last, else none', async (action) => {
    await once('leave', '2026-11-20T14:00');
    await once('stretch', '2026-11-23T09:00');
    expect(await use({ action })).toMatchObject({ code: 'none_fired' });
    await files.moveClock(FRIDAY + HOUR_MS - Date.now());
    await fireDue();
    expect(await use({ action })).toMatchObject({ text: 'leave' });
  });
});

test('a rule that cron can not say is created from its local DTSTART', async () => {
  const rrule = 'DTSTART:20261127T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR';
  expect(await use({ action: 'create', text: 'pay', rrule })).toMatchObject({
    type: 'recurring',
    next_local: ['27', '11', '25'].map(
      (day, index) => `2026-${index === 0 ? 11 : 12}-${day}T09:00:00+01:00[Europe/Berlin]`,
    ),
  });
});

test.each([
  [{ trigger_at: '2026-11-20T10:00:00Z' }, 'in_the_past'],
  [{ trigger_at: '2026-11-21T10:00:00Z', timezone: 'Mars/Base' }, 'bad_zone'],
  [{ cron_expression: '0 9 30 2 *' }, 'never'],
  [{ cron_expression: 'soon' }, 'bad_cron'],
  [{ rrule: 'FREQ=SOON' }, 'bad_rrule'],
  [{ rrule: 'FREQ=DAILY', cron_expression: '0 9 * * *' }, 'time_missing'],
  [{}, 'time_missing'],
])('%j is answered with the code %s', async (time, code) => {
  expect(await use({ action: 'create', text: 'x', ...time })).toMatchObject({
    code,
    error: expect.any(String),
  });
  expect(await texts()).toEqual([]);
});

describe('a reminder that was set where strangers’ words had been read', () => {
  beforeEach(async () => {
    await once('mine', '2026-11-21T09:00');
    context.tainted = true;
    await once('theirs', '2026-11-22T09:00');
    context.tainted = false;
  });

  test('taints whoever is told of it', async () => {
    expect(await use({ action: 'list' })).toBeInstanceOf(Tainted);
    expect(await use({ action: 'list', date: '2026-11-22' })).toBeInstanceOf(Tainted);
    expect(await use({ action: 'cancel', query: 'theirs' })).toBeInstanceOf(Tainted);
  });

  test('taints nobody who is told of others', async () => {
    expect(await texts({ date: '2026-11-21' })).toEqual(['11-21T09:00 mine']);
    expect(await use({ action: 'cancel', query: 'mine' })).toMatchObject({ status: 'cancelled' });
  });
});
