import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

export interface KeyRecord {
  id: string;
  wrapped_key: Buffer;
  next_wrapped_key: Buffer | null;
  retired_at: Date | null;
  created_at: Date;
}

const columns = ['id', 'wrapped_key', 'next_wrapped_key', 'retired_at', 'created_at'] as const;

/** Oldest first. */
export async function listKeys(db: Db): Promise<KeyRecord[]> {
  return await db.selectFrom('encryption_keys').select(columns).orderBy('id').execute();
}

export async function findKey(db: Db, id: string): Promise<KeyRecord | undefined> {
  return await db.selectFrom('encryption_keys').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function findKeyInUse(db: Db): Promise<KeyRecord | undefined> {
  return await db
    .selectFrom('encryption_keys')
    .select(columns)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
}

/** Does nothing when there is one in use: of several that are made at once, one stays. */
export async function addKey(db: Db, key: { id: string; wrapped_key: Buffer }): Promise<void> {
  await db
    .insertInto('encryption_keys')
    .values(key)
    .onConflict((conflict) =>
      conflict
        .expression(sql`(retired_at is null)`)
        .where('retired_at', 'is', null)
        .doNothing(),
    )
    .execute();
}

/** What a change of SECRET_KEY has prepared becomes what counts. */
export async function takeNextWrapped(db: Db): Promise<void> {
  await db
    .updateTable('encryption_keys')
    .set((is) => ({ wrapped_key: is.fn.coalesce('next_wrapped_key', 'wrapped_key'), next_wrapped_key: null }))
    .where('next_wrapped_key', 'is not', null)
    .execute();
}

export async function setNextWrapped(db: Db, id: string, next_wrapped_key: Buffer): Promise<void> {
  await db.updateTable('encryption_keys').set({ next_wrapped_key }).where('id', '=', id).execute();
}

/** Puts `next` in the place of the key in use; a change of SECRET_KEY that was prepared is given up, being without it. */
export async function replaceKeyInUse(db: Db, next: { id: string; wrapped_key: Buffer }): Promise<void> {
  await db
    .updateTable('encryption_keys')
    .set({ retired_at: sql<Date>`app_now()` })
    .where('retired_at', 'is', null)
    .execute();
  await db.updateTable('encryption_keys').set({ next_wrapped_key: null }).execute();
  await db.insertInto('encryption_keys').values(next).execute();
}

/** For how long the key that was retired last has been so, ms; null when none is. */
export async function retiredFor(db: Db): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    select extract(epoch from app_now() - max(retired_at)) * 1000 as ms from encryption_keys`.execute(db);
  return rows[0]?.ms ?? null;
}

/**
 * Deletes a retired key. Its columns reference it, so PostgreSQL refuses (foreign_key_violation) while a value needs
 * it, and makes a transaction that is writing one with it come first, or fail.
 */
export async function deleteRetiredKey(db: Db, id: string): Promise<void> {
  await db.deleteFrom('encryption_keys').where('id', '=', id).where('retired_at', 'is not', null).execute();
}

export async function deleteKeys(db: Db, ids: string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('encryption_keys').where('id', 'in', ids).execute();
}
