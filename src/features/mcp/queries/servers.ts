import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

export type ServerRow = Omit<Selectable<Schema['mcp_servers']>, 'args'> & { args: string[] };

export type ServerCounted = ServerRow & { tool_count: number; changed_count: number };

// All for the system role: the app role has no right to the table.

function servers(db: Db) {
  return db.selectFrom('mcp_servers').selectAll('mcp_servers').$castTo<ServerRow>();
}

function counted(db: Db) {
  const tools = sql`from tools where tools.tool_type = 'mcp' and tools.user_id is null
    and tools.config ->> 'server_id' = mcp_servers.id::text`;
  return servers(db)
    .select(sql<number>`(select count(*)::int ${tools} and tools.is_active)`.as('tool_count'))
    .select(
      sql<number>`(select count(*)::int ${tools} and tools.config ->> 'changed' = 'true')`.as(
        'changed_count',
      ),
    )
    .$castTo<ServerCounted>();
}

/** Newest first, those older than the server `before`. */
export async function selectServers(
  db: Db,
  { before, count }: { before: string | undefined; count: number },
): Promise<ServerCounted[]> {
  return await counted(db)
    .$if(before !== undefined, (query) => query.where('mcp_servers.id', '<', before!))
    .orderBy('mcp_servers.id', 'desc')
    .limit(count)
    .execute();
}

export async function selectCounted(db: Db, id: string): Promise<ServerCounted | undefined> {
  return await counted(db).where('mcp_servers.id', '=', id).executeTakeFirst();
}

export async function selectServer(db: Db, id: string): Promise<ServerRow | undefined> {
  return await servers(db).where('id', '=', id).executeTakeFirst();
}

/** Locked until the transaction ends: nobody else changes it or its tools meanwhile. */
export async function lockServer(db: Db, id: string): Promise<ServerRow | undefined> {
  return await servers(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Undefined when its name is taken. */
export async function insertServer(
  db: Db,
  row: Insertable<Schema['mcp_servers']>,
): Promise<ServerRow | undefined> {
  return await db
    .insertInto('mcp_servers')
    .values(row)
    .onConflict((conflict) => conflict.expression(sql`lower(name)`).doNothing())
    .returningAll()
    .$castTo<ServerRow>()
    .executeTakeFirst();
}

export async function isNameTaken(db: Db, name: string, except: string): Promise<boolean> {
  const found = await db
    .selectFrom('mcp_servers')
    .select('id')
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .where('id', '<>', except)
    .executeTakeFirst();
  return found !== undefined;
}

export async function updateServerRow(
  db: Db,
  id: string,
  change: Updateable<Schema['mcp_servers']>,
): Promise<void> {
  await db.updateTable('mcp_servers').set(change).where('id', '=', id).execute();
}

export async function deleteServerRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('mcp_servers').where('id', '=', id).execute();
}

/** What came of asking a server last; nothing is written where it is known. */
export async function recordOutcome(
  db: Db,
  { id, revision, error }: { id: string; revision: number; error: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('mcp_servers')
    .set({ error })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('error', 'is distinct from', error)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
