import { sql } from 'kysely';
import type { Db, JsonValue } from '#platform/db/index.ts';

export async function selectSettings(
  db: Db,
  keys: readonly string[],
): Promise<{ key: string; value: JsonValue }[]> {
  return await db.selectFrom('settings').select(['key', 'value']).where('key', 'in', keys).execute();
}

/** Until the end of the transaction nobody else changes a setting; reading goes on. */
export async function lockSettings(db: Db): Promise<void> {
  await sql`lock table settings in share row exclusive mode`.execute(db);
}

export async function upsertSetting(db: Db, key: string, value: JsonValue): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value: JSON.stringify(value) })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((row) => ({ value: row.ref('excluded.value') })),
    )
    .execute();
}

/** Who hears of changes: the admins whose accounts are open. */
export async function selectActiveAdmins(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('is_active', '=', true)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
