import { randomBytes } from 'node:crypto';

import type pg from 'pg';
import { expect, test } from 'vitest';

import { connect } from '#platform/db/connection.ts';
import { createClient, type Client } from '#test/client.ts';
import { createDatabaseUrl } from '#test/database-url.ts';
import { createUserAndToken, startProgram } from '#test/program.ts';
import type { ReminderRecord } from '#test/records.ts';
import { until } from '#test/until.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ON_TIME_MS = MINUTE_MS;
/** Of one schedule so many come in a transaction. */
const AT_ONCE = 25;
const MOST_CAUGHT_UP = 100;

const policies = ['latest', 'all', 'skip'] as const;

interface Row {
  due_at: Date;
  until: Date | null;
  count: number;
  fate: string;
  late_ms: number | null;
  /** What was told of it; null: nothing. */
  message: string | null;
}

async function rowsOf(owner: pg.Client, { schedule_id }: ReminderRecord): Promise<Row[]> {
  const { rows } = await owner.query<Row>(
    `select o.due_at, o.until, o.count, o.fate, o.late_ms, n.message
      from occurrences o left join notifications n on n.occurrence_id = o.id and n.kind = 'reminder'
      where schedule_id = $1 order by due_at`,
    [schedule_id],
  );
  return rows;
}

async function set(client: Client, body: object): Promise<ReminderRecord> {
  const { status, body: made } = await client.post<ReminderRecord>('/api/reminders', {
    text: 'stretch',
    ...body,
  });
  expect(status).toBe(201);
  return made;
}

/** What it says about being late, rounded down as people do. */
function lateness(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} min late`;
  return minutes < 48 * 60
    ? `${Math.floor(minutes / 60)} h late`
    : `${Math.floor(minutes / (24 * 60))} d late`;
}

/** What is said of one that fired, with what was missed before it. */
function words({ late_ms }: Row, missed: number): string {
  const notes = [];
  if (late_ms! >= MINUTE_MS) notes.push(`${lateness(late_ms!)}, I was offline`);
  if (missed > 0)
    notes.push(missed === 1 ? '1 earlier one was missed' : `${missed} earlier ones were missed`);
  return notes.length === 0 ? 'stretch' : `stretch (${notes.join('; ')})`;
}

test.concurrent.each([
  ['5 minutes', 5 * MINUTE_MS, MINUTE_MS],
  ['2 hours', 2 * HOUR_MS, 10 * MINUTE_MS],
  ['3 days', 72 * HOUR_MS, HOUR_MS],
  ['3 days, with what comes each minute', 72 * HOUR_MS, MINUTE_MS],
])('down for %s: each policy catches up as it says, and tells once', async (_, downMs, period) => {
  const database = await createDatabaseUrl();
  const env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('hex') };
  const api = await startProgram({ env, services: ['api'] });
  const ann = await createUserAndToken(api, { timezone: 'UTC' });
  const client = createClient(api, ann);
  const owner = await connect(database.admin, 'famulus test');
  const trigger_at = new Date(Date.now() + 1_000).toISOString();
  const onces = await Promise.all(
    policies.map(async (catch_up) => await set(client, { type: 'one_time', trigger_at, catch_up })),
  );
  const every = { [MINUTE_MS]: '* *', [10 * MINUTE_MS]: '*/10 *', [HOUR_MS]: '0 *' }[period];
  const recurring = await Promise.all(
    policies.map(
      async (catch_up) =>
        await set(client, { type: 'recurring', cron_expression: `${every} * * *`, catch_up }),
    ),
  );
  await api.remove();
  await owner.query('update app_clock set offset_ms = $1', [downMs]);
  const back = Date.now() + downMs;
  const famulus = await startProgram({ env });
  try {
    await until('all that was due has fired or is told', async () => {
      const { rowCount } = await owner.query('select from due where fire_at <= app_now()');
      return rowCount === 0;
    });
    for (const once of onces) {
      const [fired, ...more] = await rowsOf(owner, once);
      expect(more).toEqual([]);
      expect(fired).toMatchObject({ due_at: new Date(trigger_at), count: 1, fate: 'delivered' });
      expect(fired!.late_ms).toBeGreaterThan(downMs - 10_000);
      expect(fired!.message).toBe(words(fired!, 0));
    }
    // The newest that was due when it came back, which is what `latest` fires: the same for all, fired as one batch.
    const latest = await rowsOf(owner, recurring[0]!);
    const newest = latest.find(({ fate }) => fate === 'delivered')!;
    const last = newest.due_at.getTime();
    expect(last).toBeGreaterThan(back - period);
    for (const [index, policy] of policies.entries()) {
      const reminder = recurring[index]!;
      const rows = await rowsOf(owner, reminder);
      const first = Date.parse(reminder.next_fire_at!);
      // What came due after it was back is not what this is about.
      const due = (last - first) / period + 1;
      const missed = rows.filter(({ fate }) => fate === 'missed' || fate === 'skipped');
      const fired = rows.filter(({ fate, due_at }) => fate === 'delivered' && due_at.getTime() <= last);
      const caughtUp = {
        latest: 1,
        all: Math.min(due, MOST_CAUGHT_UP),
        skip: newest.late_ms! <= ON_TIME_MS ? 1 : 0,
      }[policy];
      expect(fired.map(({ due_at }) => due_at.getTime())).toEqual(
        Array.from({ length: caughtUp }, (_, n) => last - (caughtUp - 1 - n) * period),
      );
      const run = {
        due_at: new Date(first),
        until: new Date(last - caughtUp * period),
        count: due - caughtUp,
        fate: policy === 'skip' ? 'skipped' : 'missed',
        message: null,
      };
      expect(missed).toMatchObject(caughtUp < due ? [run] : []);
      // Told with the newest of those that come first; what was skipped, nobody wanted.
      const untold = policy === 'skip' ? 0 : due - caughtUp;
      expect(fired.map(({ message }) => message)).toEqual(
        fired.map((row, n) => words(row, n === Math.min(fired.length, AT_ONCE) - 1 ? untold : 0)),
      );
      const { rowCount: events } = await owner.query(
        `select from events where type = 'schedule.missed' and payload ->> 'schedule_id' = $1`,
        [reminder.schedule_id],
      );
      expect(events).toBe(missed.length);
    }
  } finally {
    await famulus.remove();
    await owner.end();
    await database.drop();
  }
});
