import { beforeEach, expect, test } from 'vitest';

import { claimDue, moveDue } from '#platform/due/queries.ts';
import { openWorkerSession, startLaneWorker } from '#platform/lanes/index.ts';
import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { remindersRig, type RemindersRig } from '#test/reminders-rig.ts';
import { until } from '#test/until.ts';
import { createFire } from '../fire.ts';
import { ensureHourly, reconcileHourly, systemKind } from './hourly.ts';

const files = testDatabase({ poolSize: 8 });
let rig: RemindersRig;

beforeEach(async () => {
  await files.owner.query('delete from schedules; delete from users');
  rig = await remindersRig(files, { now: '2026-11-20T08:00:30Z' });
});

const ensure = async () => await files.database.asSystem(async (tx) => await ensureHourly(tx));

/** Fires what the program has set for itself, and does it. */
async function atSeventeen(hour: string): Promise<void> {
  await rig.setClock(`2026-11-20T${hour}:17:00.100Z`);
  const fire = createFire([systemKind]);
  await files.database.asSystem(async (tx) => {
    const { rows, now } = await claimDue(tx.db, { limit: 10 });
    expect(rows).toHaveLength(1);
    moveDue(tx, await fire(tx, rows, now));
  });
  const nothing = () => {};
  const session = await openWorkerSession({
    connection: files.database.systemConnection,
    services: [],
    onNotification: nothing,
    onReconnect: nothing,
    onLost: nothing,
  });
  const worker = startLaneWorker({
    database: files.database,
    signals: files.signals,
    worker: session.worker,
    scopes: ['system'],
    handlers: [reconcileHourly(files.database)],
    concurrency: 1,
  });
  await until('the comparison has ended', async () => {
    const { rowCount } = await files.owner.query(
      "select 1 from lane_items where lane_key like 'system:%' and finished_at is null",
    );
    return rowCount === 0;
  });
  await worker.stop(1_000);
  await session.close();
}

const alerts = async () =>
  (
    await files.owner.query<{ user_id: string | null; open: boolean }>(
      'select code, user_id, level, cleared_at is null as open, metadata from alerts order by user_id',
    )
  ).rows;

test('it waits in due once, however often it is made sure of', async () => {
  await Promise.all([ensure(), ensure()]);
  await ensure();
  const { rows } = await files.owner.query('select fire_at from due');
  expect(rows).toEqual([{ fire_at: new Date('2026-11-20T08:17:00Z') }]);
  await files.owner.query('delete from due');
  await ensure();
  expect((await files.owner.query('select 1 from due')).rowCount).toBe(1);
});

test('each hour what differs is told to whose it is and to the admins, and is right again', async () => {
  await ensure();
  const admin = await createUser(files.database.system, { role: 'admin' });
  const { json } = await rig.call('POST', '/api/reminders', {
    type: 'recurring',
    text: 'stretch',
    cron_expression: '*/20 * * * *',
  });
  await files.owner.query(`delete from due where schedule_id = '${json['schedule_id'] as string}'`);
  await atSeventeen('08');
  expect(await alerts()).toEqual([
    {
      code: 'ledger_difference',
      user_id: rig.user_id,
      level: 'error',
      open: true,
      metadata: {
        schedule_id: json['schedule_id'],
        kind: 'not_waiting',
        count: 1,
        instants: ['2026-11-20T08:20:00.000Z'],
      },
    },
    { code: 'ledger_difference', user_id: null, level: 'warning', open: true, metadata: {} },
  ]);
  const told = async (user_id: string) =>
    (
      await files.owner.query<{ told: string }>(
        `select message as told from notifications where user_id = $1
         union all select type from events where user_id = $1 and type like 'alert.%'
         union all select type from activity where user_id = $1 and type like 'alert.%' order by 1`,
        [user_id],
      )
    ).rows.map(({ told: what }) => what);
  for (const [user_id, message] of [
    [rig.user_id, 'Nothing waited to be fired: what is to come waits again'],
    [admin.id, 'Schedules differed from what is recorded or waits; what could be put right has been'],
  ] as const) {
    expect(await told(user_id)).toEqual([message, 'alert.raised', 'alert.raised'].toSorted());
  }
  // It was put right, so that the next round finds nothing.
  await rig.setClock('2026-11-20T09:16:00Z');
  await rig.fireDue();
  await atSeventeen('09');
  expect((await alerts()).map(({ open }) => open)).toEqual([false, false]);
});
