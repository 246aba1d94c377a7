import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type pg from 'pg';
import { expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { createClient, type Client } from '#test/client.ts';
import { createDatabaseUrl } from '#test/database-url.ts';
import { createUserAndToken, startProgram } from '#test/program.ts';
import { remind, type ReminderRecord } from '#test/records.ts';
import { until } from '#test/until.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Longer than a scheduler ever sleeps. */
const LOOK_MS = 1_500;

interface Fired {
  schedule_id: string;
  due_at: Date;
  until: Date | null;
  /** Null: it was missed. */
  early: boolean | null;
}

async function occurrences(owner: pg.Client): Promise<Fired[]> {
  const { rows } = await owner.query<Fired>(
    `select schedule_id, due_at, until, fired_at < due_at as early
       from occurrences join reminders using (schedule_id) order by due_at`,
  );
  return rows;
}

async function everyMinute(client: Client, second: number): Promise<ReminderRecord> {
  const body = { type: 'recurring', text: `at ${second}`, cron_expression: `${second} * * * * *` };
  return (await client.post<ReminderRecord>('/api/reminders', body)).body;
}

test('the clock is set by minutes and hours, forth and back: nothing fires twice or before its time', async () => {
  const database = await createDatabaseUrl();
  const env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('hex') };
  const famulus = await startProgram({ env });
  const owner = await connect(database.admin, 'famulus test');
  try {
    const client = createClient(famulus, await createUserAndToken(famulus));
    const offsets = [0, 1, 2, 170, 190, 3_500, 3_700, 7_000, 50_000];
    const once = [];
    for (const seconds of offsets) {
      for (let n = 0; n < 4; n += 1)
        once.push(await remind(client, `in ${seconds} s`, seconds * 1_000 + 500 * n));
    }
    const recurring = [];
    for (const second of [0, 15, 30, 45]) recurring.push(await everyMinute(client, second));

    let latest = 0;
    for (const minutes of [3, 0, -3, 0, 60, 0, -60, 0, 60, -60, 3, -3, 0]) {
      await owner.query('update app_clock set offset_ms = $1', [minutes * MINUTE_MS]);
      latest = Math.max(latest, Date.now() + minutes * MINUTE_MS);
      await sleep(LOOK_MS);
      latest = Math.max(latest, Date.now() + minutes * MINUTE_MS);
      // One that had not had its turn by now would be late; none may come that is not due by the clock.
      await until('what is due has fired', async () => {
        const { rowCount } = await owner.query(
          `select from due where fire_at < app_now() - interval '1 second'`,
        );
        return rowCount === 0;
      });
    }

    const fired = await occurrences(owner);
    expect(fired.filter(({ early }) => early)).toEqual([]);
    const had = once.map(({ schedule_id }) => fired.filter((row) => row.schedule_id === schedule_id).length);
    expect(had).toEqual(once.map(({ next_fire_at }) => (Date.parse(next_fire_at!) <= latest ? 1 : 0)));
    for (const { schedule_id, next_fire_at } of recurring) {
      // Each minute once, a run of misses as the minutes it stands for, without a gap from the first on.
      let next = Date.parse(next_fire_at!);
      const rows = fired.filter((row) => row.schedule_id === schedule_id);
      for (const { due_at, until: last } of rows) {
        expect(due_at.getTime()).toBe(next);
        next = (last ?? due_at).getTime() + MINUTE_MS;
      }
      expect(next).toBeGreaterThan(Date.now() + HOUR_MS - 2 * MINUTE_MS);
    }
    const told = await owner.query(
      `select count(*)::int as all, count(distinct occurrence_id)::int as once from notifications where kind = 'reminder'`,
    );
    const count = (await occurrences(owner)).filter(({ early }) => early !== null).length;
    expect(told.rows).toEqual([{ all: count, once: count }]);
  } finally {
    await famulus.remove();
    await owner.end();
    await database.drop();
  }
});
