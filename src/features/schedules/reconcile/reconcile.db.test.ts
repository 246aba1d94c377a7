import { beforeEach, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { remindersRig, type RemindersRig } from '#test/reminders-rig.ts';
import { reconcile } from './reconcile.ts';

const files = testDatabase();
let rig: RemindersRig;

beforeEach(async () => {
  await files.owner.query('delete from users');
  rig = await remindersRig(files, { now: '2026-11-20T08:00:30Z' });
});

const hourly = { type: 'recurring', cron_expression: '0 * * * *' };

async function remind(body: Record<string, unknown>): Promise<{ id: string; schedule_id: string }> {
  const { json } = await rig.call('POST', '/api/reminders', { text: 'stretch', ...body });
  return json as unknown as { id: string; schedule_id: string };
}

const compare = async () =>
  await reconcile(files.database, { age_ms: 86_400_000, tell: async () => await Promise.resolve() });

/** What is found now, and that it is found once. */
async function differences(): Promise<string[]> {
  const found = await compare();
  expect(await compare()).toEqual([]);
  return found.map(({ kind, instants }) =>
    `${kind} ${instants.map((at) => at.toISOString().slice(11, 16)).join(' ')}`.trim(),
  );
}

/** Fires each hour from nine to noon, as it should be. */
async function morning(): Promise<void> {
  for (const hour of ['09', '10', '11', '12']) {
    await rig.setClock(`2026-11-20T${hour}:00:00.100Z`);
    await rig.fireDue();
  }
  await rig.setClock('2026-11-20T12:30:00Z');
}

const sabotage = async (sql: string) => await files.owner.query(sql);
const waiting = async () => (await files.owner.query<{ fire_at: Date }>('select fire_at from due')).rows;

async function occurrences(id: string): Promise<string[]> {
  const { items } = (await rig.call('GET', `/api/reminders/${id}/occurrences`)).json as unknown as {
    items: { due_at: string; fate: string; count: number }[];
  };
  return items.map(({ due_at, fate, count }) => `${due_at.slice(11, 16)} ${fate} ${count}`).toSorted();
}

test('what is as it should be differs in nothing', async () => {
  await remind(hourly);
  await remind({ ...hourly, nag_every_s: 600 });
  await remind({ ...hourly, jitter_s: 1_200 });
  await remind({ type: 'recurring', rrule: 'FREQ=MINUTELY;INTERVAL=25' });
  await remind({ type: 'one_time', trigger_at: '2026-11-20T09:30:00Z', nag_every_s: 3_600 });
  await remind({ type: 'one_time', trigger_at: '2026-11-20T10:30:00Z' });
  const paused = await remind(hourly);
  await rig.call('PATCH', `/api/reminders/${paused.id}`, { status: 'paused' });
  const edited = await remind(hourly);
  await morning();
  await rig.call('PATCH', `/api/reminders/${edited.id}`, { cron_expression: '*/20 * * * *' });
  // And what was missed is recorded.
  await rig.setClock('2026-11-20T15:30:00Z');
  await rig.fireDue();
  expect(await differences()).toEqual([]);
});

test('what has come and is not recorded is found, and recorded as missed', async () => {
  const { id } = await remind(hourly);
  await morning();
  await sabotage(`delete from occurrences where due_at in ('2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z')`);
  expect(await differences()).toEqual(['unrecorded 10:00 11:00']);
  expect(await occurrences(id)).toEqual(['09:00 delivered 1', '10:00 missed 2', '12:00 delivered 1']);
});

test('what waits no more waits again', async () => {
  await remind(hourly);
  await remind({ type: 'one_time', trigger_at: '2026-11-20T14:00:00Z' });
  await morning();
  await sabotage('delete from due');
  expect((await differences()).toSorted()).toEqual(['not_waiting 13:00', 'not_waiting 14:00']);
  expect((await waiting()).map(({ fire_at }) => fire_at.toISOString().slice(11, 16)).toSorted()).toEqual([
    '13:00',
    '14:00',
  ]);
});

test('one whose time has passed meanwhile comes at once', async () => {
  await remind({ type: 'one_time', trigger_at: '2026-11-20T09:00:00Z' });
  await sabotage('delete from due');
  await rig.setClock('2026-11-20T10:00:00Z');
  await differences();
  expect(await rig.fireDue()).toBe(1);
  expect(await rig.messages()).toEqual(['stretch (1 h late, I was offline)']);
});

test.each([
  ['too late', `update due set fire_at = fire_at + interval '1 hour'`],
  ['at a time that is none of its', `update due set fire_at = fire_at - interval '7 minutes'`],
  ['for a revision that is over', 'update due set revision = 0'],
])('what waits %s is found and put right', async (_, wrong) => {
  await remind(hourly);
  await morning();
  await sabotage(wrong);
  expect(await differences()).toHaveLength(1);
  expect((await waiting())[0]?.fire_at).toEqual(new Date('2026-11-20T13:00:00Z'));
});

test('what is paused waits for nothing', async () => {
  const { schedule_id } = await remind(hourly);
  await sabotage(`update schedules set status = 'paused' where id = '${schedule_id}'`);
  expect(await differences()).toHaveLength(1);
  expect(await waiting()).toEqual([]);
});

test('what is recorded and is not of the rule is found', async () => {
  const { id } = await remind(hourly);
  await morning();
  await sabotage(
    `update occurrences set due_at = due_at + interval '5 minutes' where due_at = '2026-11-20T10:00:00Z'`,
  );
  const found = await compare();
  expect(found.map(({ kind }) => kind)).toEqual(['unrecorded', 'unknown']);
  expect(await occurrences(id)).toContain('10:00 missed 1');
});

test('what fired and was not told has failed', async () => {
  const { id } = await remind(hourly);
  await morning();
  await sabotage(`delete from notifications n using occurrences o where o.id = n.occurrence_id
    and o.due_at = '2026-11-20T10:00:00Z'`);
  expect(await differences()).toEqual(['untold 10:00']);
  expect(await occurrences(id)).toContain('10:00 failed 1');
});

test('what has come just now has time to be recorded', async () => {
  await remind(hourly);
  await morning();
  await sabotage(`delete from occurrences`);
  await sabotage(`update schedules set revised_at = '2026-11-20T12:28:30Z', cron_expression = '29 * * * *'`);
  await sabotage(`update due set fire_at = '2026-11-20T13:29:00Z'`);
  expect(await differences()).toEqual([]);
});
