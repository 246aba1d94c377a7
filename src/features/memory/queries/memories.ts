import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';

export const memoryColumns = [
  'id',
  'key',
  'value',
  'source',
  'source_ref',
  'trust',
  'assistant_id',
  'pinned',
  'is_active',
  'expires_at',
  'created_at',
  'updated_at',
] as const;

export type Memory = Pick<Selectable<Schema['memories']>, (typeof memoryColumns)[number]>;

/** Newest first, those older than the memory `before`; with `terms`, those that match all of them. */
export async function selectMemories(
  db: Db,
  userId: string,
  { before, count, terms }: { before: string | undefined; count: number; terms: string[] | undefined },
): Promise<Memory[]> {
  return await db
    .selectFrom('memories')
    .select(memoryColumns)
    .where('user_id', '=', userId)
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .$if(terms !== undefined, (query) => query.where(sql<boolean>`search @@ ${terms!.join(' & ')}::tsquery`))
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}

export async function selectMemory(db: Db, userId: string, id: string): Promise<Memory | undefined> {
  return await db
    .selectFrom('memories')
    .select(memoryColumns)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Under which key a fact is kept, upper and lower case aside. */
export async function selectKey(
  db: Db,
  userId: string,
  key: string,
): Promise<{ id: string; key: string } | undefined> {
  return await db
    .selectFrom('memories')
    .select(['id', 'key'])
    .where('user_id', '=', userId)
    .where(sql<boolean>`lower(key) = lower(${key})`)
    .orderBy(sql`key = ${key}`, 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Undefined when the key is taken. */
export async function insertMemory(db: Db, row: Insertable<Schema['memories']>): Promise<Memory | undefined> {
  return await db
    .insertInto('memories')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning(memoryColumns)
    .executeTakeFirst();
}

/** Adds it or says it anew: what was switched off or had expired is in force again. */
export async function upsertMemory(db: Db, row: Insertable<Schema['memories']>): Promise<Memory> {
  return await db
    .insertInto('memories')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'key']).doUpdateSet((set) => ({
        value: set.ref('excluded.value'),
        source: set.ref('excluded.source'),
        source_ref: set.ref('excluded.source_ref'),
        trust: set.ref('excluded.trust'),
        assistant_id: set.ref('excluded.assistant_id'),
        is_active: true,
        expires_at: null,
      })),
    )
    .returning(memoryColumns)
    .executeTakeFirstOrThrow();
}

export async function updateMemoryRow(
  db: Db,
  userId: string,
  id: string,
  change: Updateable<Schema['memories']>,
): Promise<Memory> {
  return await db
    .updateTable('memories')
    .set(change)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning(memoryColumns)
    .executeTakeFirstOrThrow();
}

/** Whether there was one. */
export async function deleteMemoryRow(db: Db, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('memories')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
