import { sql } from 'kysely';
import { compiledOnce, type Db, type JsonValue, type Tx } from '#platform/db/index.ts';

/** A reminder with the fields of its schedule, as the API shows it, less what is computed. */
export interface ReminderRecord {
  id: string;
  schedule_id: string;
  user_id: string;
  assistant_id: string;
  title: string | null;
  payload: { text: string; [key: string]: JsonValue };
  type: 'one_time' | 'recurring';
  trigger_at: Date | null;
  local_time: string | null;
  cron_expression: string | null;
  rrule: string | null;
  starts_at: Date | null;
  timezone: string;
  jitter_s: number;
  nag_every_s: number | null;
  nagging_since: Date | null;
  status: 'active' | 'paused' | 'completed' | 'cancelled';
  catch_up: 'latest' | 'all' | 'skip';
  snoozed_from: string | null;
  next_fire_at: Date | null;
  last_fired_at: Date | null;
  done_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface NewReminder {
  id: string;
  schedule_id: string;
  user_id: string;
  assistant_id: string;
  title: string | null;
  payload: JsonValue;
}

export async function insertReminder(db: Db, { payload, ...reminder }: NewReminder): Promise<void> {
  await db
    .insertInto('reminders')
    .values({ ...reminder, payload: JSON.stringify(payload) })
    .execute();
}

export interface ReminderChange {
  title?: string | null;
  payload?: JsonValue;
  assistant_id?: string;
  done_at?: Date | null;
}

export async function updateReminderRow(
  db: Db,
  id: string,
  { payload, ...change }: ReminderChange,
): Promise<void> {
  const reworded = payload !== undefined || change.assistant_id !== undefined || change.title !== undefined;
  await db
    .updateTable('reminders')
    .set({
      ...change,
      ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      // What was worded for other words, or another's way of speaking, is not said.
      ...(reworded && { prepared_for: null, prepared_text: null }),
    })
    .where('id', '=', id)
    .execute();
}

function reminders(db: Db) {
  return db
    .selectFrom('reminders')
    .innerJoin('schedules', 'schedules.id', 'reminders.schedule_id')
    .leftJoin('due', 'due.schedule_id', 'schedules.id')
    .leftJoin('reminders as origin', 'origin.schedule_id', 'schedules.snoozed_from')
    .select(({ ref }) => [
      'reminders.id',
      'reminders.schedule_id',
      'reminders.user_id',
      'reminders.assistant_id',
      'reminders.title',
      sql<ReminderRecord['payload']>`${ref('reminders.payload')}`.as('payload'),
      'schedules.type',
      'schedules.trigger_at',
      'schedules.local_time',
      'schedules.cron_expression',
      'schedules.rrule',
      'schedules.starts_at',
      'schedules.timezone',
      'schedules.jitter_s',
      'schedules.nag_every_s',
      'schedules.nagging_since',
      'schedules.status',
      'schedules.catch_up',
      'origin.id as snoozed_from',
      'due.fire_at as next_fire_at',
      'schedules.last_fired_at',
      'reminders.done_at',
      'reminders.created_at',
      sql<Date>`greatest(${ref('reminders.updated_at')}, ${ref('schedules.updated_at')})`.as('updated_at'),
    ]);
}

export async function findReminder(db: Db, userId: string, id: string): Promise<ReminderRecord | undefined> {
  return await reminders(db)
    .where('reminders.user_id', '=', userId)
    .where('reminders.id', '=', id)
    .executeTakeFirst();
}

export interface ReminderFilter {
  status?: ReminderRecord['status'][] | undefined;
  type?: ReminderRecord['type'] | undefined;
  /** Only those that have all of these words in title or text. */
  q?: string | undefined;
  limit: number;
}

interface BuiltFilter extends Omit<ReminderFilter, 'q'> {
  user_id: string;
  patterns?: string[] | undefined;
  /** Only those that may fire, in the words of the index that has these alone. */
  active?: true | undefined;
}

function builtFilter(user_id: string, { q, status, ...rest }: ReminderFilter) {
  const active = status?.every((one) => one === 'active');
  return {
    user_id,
    ...rest,
    ...(active ? { active: true as const } : status && { status }),
    ...(q !== undefined && {
      patterns: q.split(/\s+/).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
    }),
  };
}

/** Built once for each set of values, see `compiledOnce`: whether a value is there is all that may be asked. */
function filtered(db: Db, { user_id, status, type, patterns, active }: BuiltFilter) {
  let query = reminders(db).where('reminders.user_id', '=', user_id);
  if (active)
    query = query.where('schedules.user_id', '=', user_id).where(sql<boolean>`schedules.status = 'active'`);
  if (status) query = query.where('schedules.status', '=', sql<never>`any(${status}::text[])`);
  if (type) query = query.where('schedules.type', '=', type);
  if (patterns) {
    query = query.where(
      sql<boolean>`concat_ws(' ', reminders.title, reminders.payload ->> 'text') ilike all (${patterns}::text[])`,
    );
  }
  return query;
}

const selectReminders = compiledOnce(
  (db: Db, { before, limit, ...filter }: BuiltFilter & { before?: string | undefined }) => {
    let query = filtered(db, { ...filter, limit });
    if (before !== undefined) query = query.where('reminders.id', '<', before);
    return query.orderBy('reminders.id', 'desc').limit(limit);
  },
);

/** Newest first; with `before` only those older than this id. */
export async function listReminders(
  db: Db,
  userId: string,
  { before, ...filter }: ReminderFilter & { before?: string | undefined },
): Promise<ReminderRecord[]> {
  return await selectReminders(db, { ...builtFilter(userId, filter), before });
}

const never = 'infinity';

const selectByNext = compiledOnce(
  (
    db: Db,
    {
      fire_at,
      id,
      limit,
      ...filter
    }: BuiltFilter & { fire_at?: Date | string | undefined; id?: string | undefined },
  ) => {
    let query = filtered(db, { ...filter, limit });
    const next = sql`coalesce(due.fire_at, 'infinity')`;
    if (fire_at !== undefined) {
      query = query.where(sql<boolean>`(${next}, reminders.id) > (${fire_at}::timestamptz, ${id}::uuid)`);
    }
    return query.orderBy(next).orderBy('reminders.id').limit(limit);
  },
);

/** By the next instant, soonest first, and last those without one; with `after` only what comes behind it. */
export async function listByNext(
  db: Db,
  userId: string,
  { after, ...filter }: ReminderFilter & { after?: [fire_at: Date | null, id: string] | undefined },
): Promise<ReminderRecord[]> {
  const place = after && { fire_at: after[0] ?? never, id: after[1] };
  return await selectByNext(db, { ...builtFilter(userId, filter), ...place });
}

/** Active reminders with their next instants, soonest first; everyone's without a user. */
export async function listScheduled(db: Db, userId: string | undefined): Promise<ReminderRecord[]> {
  return await reminders(db)
    .$if(userId !== undefined, (query) => query.where('reminders.user_id', '=', userId!))
    .where('schedules.status', '=', 'active')
    .where('due.fire_at', 'is not', null)
    .orderBy('due.fire_at')
    .execute();
}

/** Whose a reminder is. For the system role. */
export async function ownerOf(db: Db, id: string): Promise<string | undefined> {
  const found = await db.selectFrom('reminders').select('user_id').where('id', '=', id).executeTakeFirst();
  return found?.user_id;
}

/** The reminder that fired last and is not done. */
export async function lastFired(db: Db, userId: string): Promise<ReminderRecord | undefined> {
  return await reminders(db)
    .where('reminders.user_id', '=', userId)
    .where('schedules.last_fired_at', 'is not', null)
    .where('reminders.done_at', 'is', null)
    .orderBy('schedules.last_fired_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export interface SpokenReminder {
  reminder_id: string;
  schedule_id: string;
  user_id: string;
  assistant_id: string;
  title: string | null;
  payload: { text: string; [key: string]: JsonValue };
  created_at: Date;
  locale: string;
}

/** What is to be said for schedules that fire. */
export async function remindersOfSchedules(db: Db, scheduleIds: string[]): Promise<SpokenReminder[]> {
  return await db
    .selectFrom('reminders')
    .innerJoin('users', 'users.id', 'reminders.user_id')
    .select(({ ref }) => [
      'reminders.id as reminder_id',
      'reminders.schedule_id',
      'reminders.user_id',
      'reminders.assistant_id',
      'reminders.title',
      sql<SpokenReminder['payload']>`${ref('reminders.payload')}`.as('payload'),
      'reminders.created_at',
      'users.locale',
    ])
    .where('reminders.schedule_id', '=', sql<string>`any(${scheduleIds}::uuid[])`)
    .execute();
}

/** A recurring reminder that fires is open again, with the commit. */
export function reopen(tx: Tx, scheduleIds: string[]): void {
  if (scheduleIds.length === 0) return;
  tx.last(sql`update reminders set done_at = null
    where schedule_id = any(${scheduleIds}::uuid[]) and done_at is not null`);
}

export interface ToldReminder {
  occurrence_id: string;
  user_id: string;
  assistant_id: string;
  /** What its notification says; in the words that were prepared for its instant, if any are and it says no more. */
  message: string;
  /** Strangers' words may be in it. */
  tainted: boolean;
}

/** What users were told of these occurrences, those that were told first, first; without those that are gone. */
export async function toldOf(db: Db, occurrenceIds: string[]): Promise<ToldReminder[]> {
  const { rows } = await sql<ToldReminder>`
    select n.occurrence_id, n.user_id, r.assistant_id, r.tainted,
      case when r.prepared_for = o.due_at and n.message = r.payload ->> 'text'
        then coalesce(r.prepared_text, n.message) else n.message end as message
    from notifications n
    join occurrences o on o.id = n.occurrence_id
    join reminders r on r.schedule_id = o.schedule_id
    where n.occurrence_id = any(${occurrenceIds}::uuid[]) and n.kind = 'reminder' order by n.id`.execute(db);
  return rows;
}

/** Whether a reminder of the user's has fired. */
export async function hasFired(db: Db, userId: string): Promise<boolean> {
  const found = await db
    .selectFrom('notifications')
    .select('id')
    .where('user_id', '=', userId)
    .where('kind', '=', 'reminder')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** They were set where strangers' words had been read. */
export async function markTainted(db: Db, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable('reminders').set({ tainted: true }).where('id', 'in', ids).execute();
}

/** Whether one of them was set where strangers' words had been read. */
export async function hasTainted(db: Db, ids: string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  const found = await db
    .selectFrom('reminders')
    .select('id')
    .where('id', 'in', ids)
    .where('tainted', '=', true)
    .executeTakeFirst();
  return found !== undefined;
}
