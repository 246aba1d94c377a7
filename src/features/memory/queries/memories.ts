import { sql, type Insertable, type RawBuilder, type Selectable, type Updateable } from 'kysely';
import type { Db, Schema } from '#platform/db/index.ts';
import type { ListFilter } from '../contract.ts';

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
  'last_used_at',
  'created_at',
  'updated_at',
] as const;

export type Memory = Pick<Selectable<Schema['memories']>, (typeof memoryColumns)[number]>;

const filters = {
  pinned: sql<boolean>`pinned`,
  assistant: sql<boolean>`source = 'assistant'`,
  tainted: sql<boolean>`trust = 'tainted'`,
  off: sql<boolean>`not is_active`,
  expired: sql<boolean>`expires_at <= (select app_now())`,
} satisfies Record<ListFilter, unknown>;

export interface ListOptions {
  before: string | undefined;
  count: number;
  /** Those that match all of them. */
  terms: string[] | undefined;
  filter: ListFilter | undefined;
}

/** Newest first, those older than the memory `before`. */
export async function selectMemories(
  db: Db,
  userId: string,
  { before, count, terms, filter }: ListOptions,
): Promise<Memory[]> {
  return await db
    .selectFrom('memories')
    .select(memoryColumns)
    .where('user_id', '=', userId)
    .$if(filter !== undefined, (query) => query.where(filters[filter!]))
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

/** In the order of their ids here. */
export async function selectByIds(db: Db, userId: string, ids: readonly string[]): Promise<Memory[]> {
  if (ids.length === 0) return [];
  const found = await db
    .selectFrom('memories')
    .select(memoryColumns)
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .execute();
  return found.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** Pinned ones in force, those changed last first. */
export async function selectPinned(db: Db, userId: string, count: number): Promise<Memory[]> {
  return await db
    .selectFrom('memories')
    .select(memoryColumns)
    .where('user_id', '=', userId)
    .where('pinned', '=', true)
    .where('is_active', '=', true)
    .where((where) =>
      where.or([where('expires_at', 'is', null), where('expires_at', '>', sql<Date>`(select app_now())`)]),
    )
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
}

/** All, oldest first. */
export async function selectForExport(db: Db, userId: string) {
  return await db
    .selectFrom('memories')
    .select(['key', 'value', 'source', 'trust', 'pinned', 'is_active', 'expires_at', 'created_at'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute();
}

/** All of the keys there are. */
export async function selectKeys(db: Db, userId: string): Promise<{ id: string; key: string }[]> {
  return await db.selectFrom('memories').select(['id', 'key']).where('user_id', '=', userId).execute();
}

/** What is kept under a key, upper and lower case aside. */
export async function selectKey(db: Db, userId: string, key: string): Promise<Memory | undefined> {
  return await db
    .selectFrom('memories')
    .select(memoryColumns)
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

/** Those whose key was taken meanwhile are passed over. */
export async function insertMemories(db: Db, rows: readonly Insertable<Schema['memories']>[]): Promise<void> {
  await db
    .insertInto('memories')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
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

export interface ImportedRow {
  id: string;
  value: string;
  expires_at: Date | null;
}

/** Says these anew, as a file has them: in force, and never told in every turn. Each id comes once. */
export async function replaceMemories(db: Db, userId: string, rows: readonly ImportedRow[]): Promise<void> {
  await sql`
    update memories m set value = r.value, expires_at = r.expires_at, source = 'import', trust = 'tainted',
        source_ref = null, assistant_id = null, pinned = false, is_active = true
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ value }) => value)}::text[],
                ${rows.map(({ expires_at }) => expires_at)}::timestamptz[]) as r(id, value, expires_at)
    where m.user_id = ${userId} and m.id = r.id`.execute(db);
}

/** What it was; undefined when there was none. */
export async function deleteMemoryRow(
  db: Db,
  userId: string,
  id: string,
): Promise<{ key: string; value: string } | undefined> {
  return await db
    .deleteFrom('memories')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .returning(['key', 'value'])
    .executeTakeFirst();
}

export async function countMemories(db: Db, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('memories')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Notes that they were recalled now; not again within a minute, and not what somebody else is writing. */
export function markUsed(userId: string, ids: readonly string[]): RawBuilder<unknown> {
  return sql`
    update memories set last_used_at = app_now() where id in (
      select id from memories
      where user_id = ${userId} and id = any(${ids}::uuid[])
        and (last_used_at is null or last_used_at < app_now() - interval '1 minute')
      for no key update skip locked
    )`;
}
