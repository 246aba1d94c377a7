import { sql } from 'kysely';
import type pg from 'pg';

import { reminderKind } from '#features/reminders/index.ts';
import { createFire } from '#features/schedules/index.ts';
import { connect } from '#platform/db/connection.ts';
import { openDatabase, type Connection, type Database } from '#platform/db/index.ts';
import type { Roles } from '#platform/db/roles.ts';
import { startScheduler, type Fire } from '#platform/due/index.ts';
import { createSignals, type Signals } from '#platform/events/index.ts';
import { newId } from '#platform/ids/index.ts';

const USERS = 1_000;
const POOL_SIZE = 4;

/** Reminders of a thousand users, and the product's way of firing them. */
export interface Firing {
  settings: Record<string, unknown>;
  /** The owner's session, to look at what became of it. */
  owner: pg.Client;
  database: Database;
  signals: Signals;
  /**
   * Adds a reminder for each row of `rows`, a query of `(id uuid, type text, trigger_at timestamptz, cron_expression
   * text, fire_at timestamptz)`, with its schedule and its due row.
   */
  add(rows: string, parameters?: unknown[]): Promise<void>;
  /** Adds reminders that are due in a year and more. */
  addIdle(count: number): Promise<void>;
  /** Fires until stopped; `onFired` hears of every commit: the schedules, and when its reply came, ms since 1970. */
  start(options: {
    onFired: (schedules: string[], at: number) => void;
    /** Another next instant than the rule's. */
    next?: (now: Date) => Date;
  }): () => Promise<void>;
  close(): Promise<void>;
}

/** This machine's clock in ms since 1970, with their fractions. */
export function clockMs(): number {
  return performance.timeOrigin + performance.now();
}

const insertReminders = (rows: string) => `
  with wanted as materialized (
    select r.*, u.id as user_id, a.id as assistant_id, now() as at
    from (select *, row_number() over () as n from (${rows}) as given) r
    join bench_users u on u.number = r.n % ${USERS} join assistants a on a.user_id = u.id
  ), made as (
    insert into schedules (id, user_id, kind, type, trigger_at, cron_expression, timezone, created_at, updated_at)
    select id, user_id, 'reminder', type, trigger_at, cron_expression, 'UTC', at, at from wanted
  ), said as (
    insert into reminders (id, schedule_id, user_id, assistant_id, payload, created_at, updated_at)
    select gen_random_uuid(), id, user_id, assistant_id, '{"text": "Water the plants on the balcony"}', at, at
    from wanted
  )
  insert into due (schedule_id, revision, fire_at) select id, 1, fire_at from wanted`;

/** Opens the product's firing in a migrated database. */
export async function openFiring(connection: Connection, roles: Roles): Promise<Firing> {
  const owner = await connect(connection, 'famulus bench');
  // What is only prepared: keys fit, and none of it needs to outlive a crash.
  const quickly = await connect(connection, 'famulus bench');
  await quickly.query(`set session_replication_role = replica; set synchronous_commit = off`);
  await owner.query(`
    create table bench_users as select gen_random_uuid() as id, n as number from generate_series(0, ${USERS - 1}) n;
    insert into users (id, name) select id, 'bench' from bench_users;
    insert into assistants (id, user_id, name, is_secretary) select gen_random_uuid(), id, 'Secretary', true
      from bench_users;
    analyze bench_users, users, assistants`);
  const signals = createSignals(newId(), async () => {});
  const database = openDatabase({
    connection,
    roles,
    poolSize: POOL_SIZE,
    onHints: (topics) => signals.publishAll(topics),
  });
  // Before anything is timed: what a session reads of the catalogue once.
  await sql`select`.execute(database.system);
  const fire = createFire([reminderKind({ redis: false })]);
  return {
    settings: { users: USERS, poolSize: POOL_SIZE },
    owner,
    database,
    signals,
    add: async (rows, parameters) => void (await quickly.query(insertReminders(rows), parameters)),
    addIdle: async (count) => {
      await quickly.query(
        insertReminders(`
          select gen_random_uuid() as id, 'one_time' as type, at as trigger_at, null as cron_expression, at as fire_at
          from (select now() + interval '1 year' + n * interval '1 second' as at
                from generate_series(1, ${count}) n) as later`),
      );
      await owner.query('vacuum analyze schedules, reminders, due');
      await owner.query('checkpoint');
    },
    start: ({ onFired, next }) => {
      const fireAndTell: Fire = async (tx, rows, now) => {
        const answered = await fire(tx, rows, now);
        tx.onCommit(() =>
          onFired(
            rows.map(({ schedule_id }) => schedule_id),
            clockMs(),
          ),
        );
        return next ? answered.map((row) => ({ ...row, fire_at: next(now) })) : answered;
      };
      const onError = (error: unknown) => console.error(error);
      return startScheduler({ database, signals, fire: fireAndTell, onError }).stop;
    },
    close: async () => {
      await database.close();
      await owner.end();
      await quickly.end();
    },
  };
}
