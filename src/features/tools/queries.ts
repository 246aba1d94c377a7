import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

export type Tool = Selectable<Schema['tools']>;

/** The user's own tools and the built-in ones, newest first, those older than the tool `before`. */
export async function selectTools(
  db: Db,
  userId: string,
  { before, count }: { before: string | undefined; count: number },
): Promise<Tool[]> {
  return await db
    .selectFrom('tools')
    .selectAll()
    .where((where) => where.or([where('user_id', '=', userId), where('user_id', 'is', null)]))
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}

/** The user's own or a built-in one. */
export async function selectTool(db: Db, userId: string, id: string): Promise<Tool | undefined> {
  return await db
    .selectFrom('tools')
    .selectAll()
    .where('id', '=', id)
    .where((where) => where.or([where('user_id', '=', userId), where('user_id', 'is', null)]))
    .executeTakeFirst();
}

/** Whether a model would see two tools of this name. */
export async function isNameTaken(
  db: Db,
  userId: string,
  name: string,
  except: string | null,
): Promise<boolean> {
  const taken = await db
    .selectFrom('tools')
    .select('id')
    .where('name', '=', name)
    .where((where) => where.or([where('user_id', '=', userId), where('user_id', 'is', null)]))
    .$if(except !== null, (query) => query.where('id', '<>', except!))
    .executeTakeFirst();
  return taken !== undefined;
}

export async function insertTool(db: Db, row: Insertable<Schema['tools']>): Promise<Tool> {
  return await db.insertInto('tools').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function updateToolRow(db: Db, id: string, change: Updateable<Schema['tools']>): Promise<Tool> {
  return await db
    .updateTable('tools')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteToolRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('tools').where('id', '=', id).execute();
}

export interface BuiltInRow {
  id: string;
  name: string;
  tool_type: Tool['tool_type'];
  description: string;
}

/** Adds the missing ones and renews the descriptions. Returns the ids of those that are new. */
export async function upsertBuiltInTools(db: Db, rows: BuiltInRow[]): Promise<string[]> {
  const written = await db
    .insertInto('tools')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('name')
        .where('user_id', 'is', null)
        .doUpdateSet((set) => ({ description: set.ref('excluded.description') }))
        .where('tools.description', 'is distinct from', sql.ref<string>('excluded.description')),
    )
    .returning('id')
    .execute();
  const made = new Set(rows.map((row) => row.id));
  return written.flatMap(({ id }) => (made.has(id) ? [id] : []));
}
