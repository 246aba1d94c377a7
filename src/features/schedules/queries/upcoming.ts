import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { ScheduleRecord } from '../queries.ts';

/** A schedule that will fire, with what it is about. */
export interface UpcomingRecord {
  id: string;
  kind: ScheduleRecord['kind'];
  reminder_id: string | null;
  title: string | null;
  text: string | null;
  next_fire_at: Date;
  timezone: string;
}

function upcoming(db: Db, userId: string) {
  return db
    .selectFrom('schedules')
    .innerJoin('due', 'due.schedule_id', 'schedules.id')
    .leftJoin('reminders', 'reminders.schedule_id', 'schedules.id')
    .select(({ ref }) => [
      'schedules.id',
      'schedules.kind',
      'reminders.id as reminder_id',
      'reminders.title',
      sql<string | null>`${ref('reminders.payload')} ->> 'text'`.as('text'),
      'due.fire_at as next_fire_at',
      'schedules.timezone',
    ])
    .where('schedules.user_id', '=', userId)
    .where('schedules.status', '=', 'active');
}

/** What will fire, soonest first. */
export async function listUpcoming(
  db: Db,
  userId: string,
  { limit, after }: { limit: number; after: { next_fire_at: Date; id: string } | undefined },
): Promise<UpcomingRecord[]> {
  let query = upcoming(db, userId);
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('due.fire_at', 'schedules.id'), '>', tuple(after.next_fire_at, after.id)),
    );
  }
  return await query.orderBy('due.fire_at').orderBy('schedules.id').limit(limit).execute();
}

/** All that fires by `until`, with its rules. */
export async function listUpcomingRules(
  db: Db,
  userId: string,
  until: Date,
): Promise<(UpcomingRecord & Pick<ScheduleRecord, (typeof ruleColumns)[number]>)[]> {
  return await upcoming(db, userId)
    .select(ruleColumns.map((column) => `schedules.${column}` as const))
    .where('due.fire_at', '<=', until)
    .execute();
}

const ruleColumns = [
  'type',
  'trigger_at',
  'local_time',
  'cron_expression',
  'rrule',
  'starts_at',
  'jitter_s',
] as const;
