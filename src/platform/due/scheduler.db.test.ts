import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { testDatabase } from '#test/database.ts';
import { createDue, createSchedule, createUser } from '#test/factories.ts';
import { until } from '#test/until.ts';
import { setDue, startScheduler, type DueRow, type Fire } from './index.ts';
import { claimDue } from './queries.ts';

const db = testDatabase({ poolSize: 10 });

let user: string;
let stops: (() => Promise<void>)[];
let errors: { error: unknown; row: DueRow | undefined }[];

beforeEach(async () => {
  user = (await createUser(db.database.system)).id;
  stops = [];
  errors = [];
});

afterEach(async () => {
  await Promise.all(stops.map(async (stop) => await stop()));
  await db.moveClock(0);
  await db.owner.query('delete from users');
});

interface Fired {
  schedule_id: string;
  revision: number;
  /** By the database's clock, ms; never negative. */
  late_ms: number;
}

/** What was fired and committed, with the lateness as the database saw it. */
async function fired(): Promise<Fired[]> {
  const { rows } = await db.owner.query<Fired>(
    `select schedule_id, revision, extract(epoch from fired_at - due_at)::float8 * 1000 as late_ms
     from occurrences order by fired_at, id`,
  );
  return rows;
}

/** Writes an occurrence a row, unique as the product's are, and answers with the next instant. */
async function record(tx: Tx, rows: DueRow[], next: (row: DueRow) => Date | null = () => null) {
  const { rows: clock } = await sql<{ now: Date }>`select app_now() as now`.execute(tx.db);
  await sql`
    insert into occurrences (id, schedule_id, user_id, revision, due_at, fired_at, fate, late_ms)
    select gen_random_uuid(), s.id, s.user_id, d.revision, d.fire_at, ${clock[0]?.now}, 'fired', 0
    from due d join schedules s on s.id = d.schedule_id
    where s.id = any(${rows.map((row) => row.schedule_id)}::uuid[])`.execute(tx.db);
  return rows.map((row) => ({ schedule_id: row.schedule_id, fire_at: next(row) }));
}

function start(fire: Fire = async (tx, rows) => await record(tx, rows), batch = 1_000): void {
  const onError = (error: unknown, row?: DueRow) => errors.push({ error, row });
  stops.push(startScheduler({ database: db.database, signals: db.signals, fire, batch, onError }).stop);
}

function inMs(ms: number): Date {
  return new Date(Date.now() + ms);
}

/** One-time schedules that are due `spreadMs` apart, in one statement. */
async function seed(count: number, firstInMs: number, spreadMs: number): Promise<void> {
  await db.owner.query(
    `with made as (
       insert into schedules (id, user_id, kind, type, trigger_at, timezone)
       select gen_random_uuid(), $1, 'reminder', 'one_time', date_trunc('milliseconds', now()) + ($3 + n * $4::int) * interval '1 millisecond', 'UTC'
       from generate_series(0, $2 - 1) n returning id, trigger_at)
     insert into due select id, 1, trigger_at from made`,
    [user, count, firstInMs, spreadMs],
  );
}

describe('what is due', () => {
  test('fires once, never early, and soon', async () => {
    start();
    await seed(60, 100, 7);
    db.signals.publish('due');
    await until('all have fired', async () => (await fired()).length >= 60);
    const all = await fired();
    expect(new Set(all.map(({ schedule_id }) => schedule_id)).size).toBe(60);
    const late = all.map(({ late_ms }) => late_ms).toSorted((a, b) => a - b);
    expect(late[0]).toBeGreaterThanOrEqual(0);
    // Generous: other tests may have the processor. `bench/due.ts` measures it.
    expect(late[30]).toBeLessThan(100);
    expect((await db.owner.query('select 1 from due')).rowCount).toBe(0);
  });

  test('of two schedulers fires once, of ten thousand all', async () => {
    await seed(10_000, 0, 0);
    const shares = [0, 0];
    for (const index of shares.keys()) {
      start(async (tx, rows) => {
        shares[index] = (shares[index] ?? 0) + rows.length;
        return await record(tx, rows);
      }, 500);
    }
    await until('all have fired', async () => (await fired()).length >= 10_000, 25_000);
    expect((await fired()).length).toBe(10_000);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[1]).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  test('again at the instant that firing answered', async () => {
    const schedule = await createDue(db.database.system, { user_id: user, fire_at: inMs(20) });
    const nominal: number[] = [];
    start(async (tx, rows) => {
      nominal.push(...rows.map(({ fire_at }) => fire_at.getTime()));
      return await record(tx, rows, ({ fire_at }) =>
        nominal.length < 3 ? new Date(fire_at.getTime() + 40) : null,
      );
    });
    db.signals.publish('due');
    await until('it has fired three times', async () => (await fired()).length === 3);
    expect(nominal).toEqual([0, 40, 80].map((ms) => (schedule.trigger_at?.getTime() ?? 0) + ms));
  });

  test('is known at once when an earlier instant is written, to the scheduler that sleeps', async () => {
    await createDue(db.database.system, { user_id: user, fire_at: inMs(60_000) });
    start();
    const schedule = await createSchedule(db.database.system, { user_id: user, trigger_at: inMs(30) });
    await db.database.asUser(user, async (tx) => {
      await setDue(tx, { schedule_id: schedule.id, revision: 1, fire_at: inMs(30) });
    });
    await until('it has fired', async () => (await fired()).length === 1);
    // Without the hint it would be found by the poll, once a second.
    expect((await fired())[0]?.late_ms).toBeLessThan(500);
  });

  test('follows the clock of the database, not of the program', async () => {
    await createDue(db.database.system, { user_id: user, fire_at: inMs(3_600_000) });
    start();
    db.signals.publish('due');
    expect(await fired()).toEqual([]);
    await db.moveClock(3_600_100);
    await until('it has fired', async () => (await fired()).length === 1);
    expect((await fired())[0]?.late_ms).toBeGreaterThanOrEqual(0);
  });

  test('never fires early when the clock is set back', async () => {
    await db.moveClock(-3_600_000);
    await createDue(db.database.system, { user_id: user, fire_at: inMs(-1_000) });
    let looks = 0;
    const { stop } = startScheduler({
      database: db.database,
      signals: db.signals,
      fire: async (tx, rows) => await record(tx, rows),
      onPass: () => looks++,
    });
    stops.push(stop);
    await until('it has looked', () => {
      db.signals.publish('due');
      return looks > 3;
    });
    expect(await fired()).toEqual([]);
  });
});

describe('beside a backlog', () => {
  test('what is due now is claimed first, and alone; without such the oldest', async () => {
    await seed(3, -60_000, 1);
    await seed(2, -1_000, 1);
    const claim = async (limit: number) =>
      await db.database.asSystem(async (tx) => {
        const { rows, now } = await claimDue(tx.db, { limit, fresh_ms: 5_000 });
        return rows.map(({ fire_at }) => Math.round((now.getTime() - fire_at.getTime()) / 10_000));
      });
    expect(await claim(10)).toEqual([0, 0]);
    expect(await claim(1)).toEqual([0]);
    await db.owner.query(`delete from due where fire_at > now() - interval '30 s'`);
    expect(await claim(2)).toEqual([6, 6]);
  });

  test('what comes due fires while what is overdue still waits, and then that too', async () => {
    await seed(3_000, -3_600_000, 1);
    start(async (tx, rows) => await record(tx, rows), 20);
    await until('some of the backlog has fired', async () => (await fired()).length >= 100);
    await seed(5, 0, 0);
    const fresh = async () => (await fired()).filter(({ late_ms }) => late_ms < 1_800_000).length;
    await until('what came due has fired', async () => (await fresh()) === 5);
    expect((await db.owner.query('select 1 from due')).rowCount).toBeGreaterThan(0);
    await until('all have fired', async () => (await fired()).length === 3_005, 25_000);
    expect(errors).toEqual([]);
  });
});

describe('a schedule that can not fire', () => {
  const faults: [string, () => never][] = [
    [
      'an error of the program',
      () => {
        throw new TypeError('broken rule');
      },
    ],
    [
      'an error that says what is wrong',
      () => {
        throw new AppError({ code: 'schedules.bad', kind: 'invalid', message: 'broken rule' });
      },
    ],
  ];

  test.each(faults)(
    'is set aside and reported, others fire at once, its instant stays: %s',
    async (_, fail) => {
      await seed(200, 0, 0);
      const poison = await createDue(db.database.system, { user_id: user, fire_at: inMs(-5_000) });
      let transactions = 0;
      start(async (tx, rows) => {
        transactions++;
        if (rows.some(({ schedule_id }) => schedule_id === poison.id)) fail();
        return await record(tx, rows);
      });
      await until('the others have fired', async () => (await fired()).length === 200);
      expect(errors.map(({ row }) => row?.schedule_id)).toEqual([poison.id]);
      // In halves, not one by one.
      expect(transactions).toBeLessThan(40);
      const { rows } = await db.owner.query<{ fire_at: Date }>('select fire_at from due');
      expect(rows).toEqual([{ fire_at: poison.trigger_at }]);
      // And what comes due later is not held up either.
      await createDue(db.database.system, { user_id: user, fire_at: inMs(0) });
      db.signals.publish('due');
      await until('the later one has fired', async () => (await fired()).length === 201);
      expect(errors).toHaveLength(1);
    },
  );

  test('for want of a next instant is one of them', async () => {
    const forgotten = await createDue(db.database.system, { user_id: user, fire_at: inMs(-1) });
    await seed(3, 0, 0);
    start(async (tx, rows) =>
      (await record(tx, rows)).filter(({ schedule_id }) => schedule_id !== forgotten.id),
    );
    await until('the others have fired', async () => (await fired()).length === 3);
    expect(errors.map(({ row }) => row?.schedule_id)).toEqual([forgotten.id]);
  });

  test('because PostgreSQL is in trouble is not set aside', async () => {
    await seed(5, 0, 0);
    let troubles = 0;
    start(async (tx, rows) => {
      if (troubles++ === 0) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx.db);
      return await record(tx, rows);
    });
    await until('all have fired', async () => (await fired()).length === 5);
    expect(errors.map(({ row }) => row)).toEqual([undefined]);
  });
});

describe('beside those who edit schedules', () => {
  test('a locked schedule waits alone, without a deadlock, and then follows its edit', async () => {
    const edited = await createDue(db.database.system, { user_id: user, fire_at: inMs(100) });
    await seed(3, 100, 0);
    start(async (tx, rows) => {
      await sql`update schedules set last_fired_at = app_now() where id = any(${rows.map((row) => row.schedule_id)}::uuid[])`.execute(
        tx.db,
      );
      return await record(tx, rows);
    });
    await db.database.asUser(user, async (tx) => {
      await sql`update schedules set revision = 2 where id = ${edited.id}`.execute(tx.db);
      await until('the others have fired', async () => (await fired()).length === 3);
      await setDue(tx, { schedule_id: edited.id, revision: 2, fire_at: inMs(50) });
    });
    await until('it has fired too', async () => (await fired()).length === 4);
    expect((await fired()).filter(({ schedule_id }) => schedule_id === edited.id)).toMatchObject([
      { revision: 2 },
    ]);
    expect(errors).toEqual([]);
  });

  test('of one that is deleted at that moment nothing fires', async () => {
    const deleted = await createDue(db.database.system, { user_id: user, fire_at: inMs(50) });
    await createDue(db.database.system, { user_id: user, fire_at: inMs(50) });
    await db.database.asUser(user, async (tx) => {
      await sql`delete from schedules where id = ${deleted.id}`.execute(tx.db);
      // Not before: on a busy machine both would have fired by now.
      start();
      await until('the other has fired', async () => (await fired()).length === 1);
    });
    expect((await db.owner.query('select 1 from due')).rowCount).toBe(0);
    expect(errors).toEqual([]);
  });

  test('what is taken out of due does not fire', async () => {
    const schedule = await createDue(db.database.system, { user_id: user, fire_at: inMs(50) });
    await db.database.asUser(user, async (tx) => {
      await setDue(tx, { schedule_id: schedule.id, revision: 1, fire_at: null });
    });
    start();
    const marker = await createDue(db.database.system, { user_id: user, fire_at: inMs(60) });
    db.signals.publish('due');
    await until('a later one has fired', async () => (await fired()).length > 0);
    expect((await fired()).map(({ schedule_id }) => schedule_id)).toEqual([marker.id]);
  });
});

test('a schedule can not be in due twice', async () => {
  const schedule = await createSchedule(db.database.system, { user_id: user });
  for (const revision of [1, 2]) {
    await db.database.asUser(user, async (tx) => {
      await setDue(tx, { schedule_id: schedule.id, revision, fire_at: inMs(60_000) });
    });
  }
  const { rows } = await db.owner.query('select revision from due where schedule_id = $1', [schedule.id]);
  expect(rows).toEqual([{ revision: 2 }]);
});
