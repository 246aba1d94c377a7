import { afterAll, beforeAll, expect, test } from 'vitest';

import { testDatabase } from '#test/database.ts';
import { createUser } from '#test/factories.ts';
import { explaining, type Explaining } from '#test/query-plans.ts';
import { selectFacts } from './queries/facts.ts';

const db = testDatabase();

let system: Explaining;

beforeAll(async () => {
  system = await explaining(db, 'system');
});
afterAll(async () => {
  await system?.close();
});

/** A user's due rows, a second apart; the first `overdue` of them are. */
async function seed(count: number, overdue: number): Promise<void> {
  const user = (await createUser(db.database.system)).id;
  // Without checks of foreign keys, which would take most of the time.
  await db.owner.query('set session_replication_role = replica');
  await db.owner.query(
    `with made as (
       insert into schedules (id, user_id, kind, type, trigger_at, timezone, created_at, updated_at)
       select gen_random_uuid(), $1::uuid, 'reminder', 'one_time', now() + (n - $3) * interval '1 second', 'UTC', now(), now()
       from generate_series(1, $2::int) n returning id, trigger_at)
     insert into due select id, 1, trigger_at from made`,
    [user, count, overdue],
  );
  await db.owner.query('set session_replication_role = origin');
}

/** The pages that a look takes, all in all: those of its function are in the sum. */
async function pagesOfLook(): Promise<number> {
  await selectFacts(system.db);
  return system.taken().at(-1)?.pages ?? Number.NaN;
}

test('a look reads the first due row from the index, also by a plan made when the table was empty', async () => {
  // In parts, so that the session stays open, whose plan it is.
  for (let part = 0; part < 4; part++) {
    await pagesOfLook();
    await seed(25_000, 20_000);
  }
  for (const analyze of [false, true]) {
    if (analyze) await db.owner.query('vacuum analyze due');
    // More than five times, since PostgreSQL then goes over to a plan that fits any parameters.
    const pages: number[] = [];
    for (let time = 0; time < 7; time++) pages.push(await pagesOfLook());
    // The table has 750, its index 390; what is made anew after `analyze` is looked up in the catalogue.
    expect(Math.max(...pages)).toBeLessThan(150);
  }
});

test('a thousand that are stuck are more than single schedules', async () => {
  const { lag_ms } = await selectFacts(system.db);
  expect(lag_ms).toBeGreaterThan(19_990_000);
  const stick = async (count: number) =>
    await db.owner.query(
      `insert into alerts (id, key, level, code, message, is_notified)
       select gen_random_uuid(), 'schedule_stuck:' || schedule_id, 'error', 'schedule_stuck', 'x', false
       from due order by fire_at limit $1 on conflict do nothing`,
      [count],
    );
  await stick(999);
  const behind = (await selectFacts(system.db)).lag_ms ?? 0;
  expect(behind).toBeLessThan(19_990_000);
  await stick(1_000);
  expect((await selectFacts(system.db)).lag_ms).toBeGreaterThan(19_990_000);
});
