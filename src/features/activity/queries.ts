import type { Insertable, Selectable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

type Activity = Selectable<Schema['activity']>;

const columns = ['id', 'actor', 'type', 'level', 'message', 'metadata', 'subject', 'created_at'] as const;

export type ActivityEntry = Pick<Activity, (typeof columns)[number]>;

export async function insertActivity(db: Db, rows: Insertable<Schema['activity']>[]): Promise<void> {
  await db.insertInto('activity').values(rows).execute();
}

export interface ActivityFilter {
  type?: string | undefined;
  level?: Activity['level'] | undefined;
  subject?: string | undefined;
  /** Not before. */
  from?: Date | undefined;
  /** Before. */
  to?: Date | undefined;
}

/** Newest first, those older than the entry `before`. */
export async function selectActivity(
  db: Db,
  userId: string,
  { type, level, subject, from, to }: ActivityFilter,
  { before, count }: { before: string | undefined; count: number },
): Promise<ActivityEntry[]> {
  return await db
    .selectFrom('activity')
    .select(columns)
    .where('user_id', '=', userId)
    .$if(type !== undefined, (query) => query.where('type', '=', type!))
    .$if(level !== undefined, (query) => query.where('level', '=', level!))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject!))
    .$if(from !== undefined, (query) => query.where('created_at', '>=', from!))
    .$if(to !== undefined, (query) => query.where('created_at', '<', to!))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}
