import { sql, type Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

type OccurrenceRow = Selectable<Schema['occurrences']>;

const columns = [
  'id',
  'due_at',
  'until',
  'count',
  'trigger',
  'fired_at',
  'fate',
  'late_ms',
  'reason',
  'revision',
] as const;

export type OccurrenceRecord = Pick<OccurrenceRow, (typeof columns)[number]> & {
  reminder_id: string;
  title: string | null;
  text: string;
  timezone: string;
};

export type Fate = OccurrenceRow['fate'];

export interface OccurrenceFilter {
  fate?: Fate[] | undefined;
  /** Due not before. */
  from?: Date | undefined;
  /** Due before. */
  to?: Date | undefined;
}

const lost: ReadonlySet<Fate> = new Set(['skipped', 'missed', 'failed']);
/** In the words of the index that has these alone. */
const inIndexOfLost = sql`and o.fate in ('skipped', 'missed', 'failed')`;

/** The occurrences of all of a user's reminders, by when they were due, latest first; those after `after` in that order. */
export async function selectOccurrences(
  db: Db,
  userId: string,
  { fate, from, to }: OccurrenceFilter,
  { after, count }: { after: { due_at: Date; id: string } | undefined; count: number },
): Promise<OccurrenceRecord[]> {
  const { rows } = await sql<OccurrenceRecord>`
    select ${sql.join(columns.map((column) => sql.ref(`o.${column}`)))},
           r.id as reminder_id, r.title, r.payload ->> 'text' as text, s.timezone
    from (
      select * from occurrences o
      where o.user_id = ${userId}
        -- Asked row by row, so that the page is read in order from its index, and no more than the page.
        and (select r.id from reminders r where r.schedule_id = o.schedule_id) is not null
        ${fate === undefined ? sql`` : sql`and o.fate = any(${fate}::text[])`}
        ${fate?.every((one) => lost.has(one)) ? inIndexOfLost : sql``}
        ${from === undefined ? sql`` : sql`and o.due_at >= ${from}`}
        ${to === undefined ? sql`` : sql`and o.due_at < ${to}`}
        ${after === undefined ? sql`` : sql`and (o.due_at, o.id) < (${after.due_at}, ${after.id}::uuid)`}
      order by o.due_at desc, o.id desc
      limit ${count}
    ) o
    join reminders r on r.schedule_id = o.schedule_id
    join schedules s on s.id = o.schedule_id
    order by o.due_at desc, o.id desc`.execute(db);
  return rows;
}
