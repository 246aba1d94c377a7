import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';
import type { NewOccurrence } from '../queries.ts';

export type { NewOccurrence } from '../queries.ts';

/** Records occurrences that did not fire: each a run of misses from `due_at` to `until`. */
export async function insertMissed(db: Db, missed: NewOccurrence[]): Promise<void> {
  if (missed.length > 0) await db.insertInto('occurrences').values(missed).execute();
}

/**
 * Makes the runs longer that these are the next part of: the newest occurrence of the same schedule, revision and
 * trigger when it too was not fired, for the same reason. Returns the ids of their schedules.
 */
export async function extendMissed(db: Db, missed: NewOccurrence[]): Promise<Set<string>> {
  const { rows } = await sql<{ schedule_id: string }>`
    update occurrences o set until = m.until, count = o.count + m.count
    from unnest(${missed.map((m) => m.schedule_id)}::uuid[], ${missed.map((m) => m.revision)}::int[],
                ${missed.map((m) => m.trigger)}::text[], ${missed.map((m) => m.fate)}::text[],
                ${missed.map((m) => m.until)}::timestamptz[], ${missed.map((m) => m.count)}::int[])
      as m(schedule_id, revision, trigger, fate, until, count)
    where o.id = (
        select l.id from occurrences l where l.schedule_id = m.schedule_id and l.revision = m.revision
        order by l.due_at desc, l.id desc limit 1)
      and o.fate = m.fate and o.trigger = m.trigger and o.until is not null
    returning o.schedule_id`.execute(db);
  return new Set(rows.map(({ schedule_id }) => schedule_id));
}
