import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** The sealed secret in use; the oldest, should there ever be several. */
export async function selectCookieSecret(db: Db): Promise<{ id: string; private_key: Buffer } | undefined> {
  return await db
    .selectFrom('signing_keys')
    .select(['id', 'private_key'])
    .where('kind', '=', 'cookie')
    .where('retired_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** Keeps it, and says so, unless another process was faster. */
export async function insertCookieSecret(db: Db, row: { id: string; private_key: Buffer }): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('cookie secret'))`.execute(db);
  if (await selectCookieSecret(db)) return false;
  await db
    .insertInto('signing_keys')
    .values({ ...row, kind: 'cookie' })
    .execute();
  return true;
}

/** Switches off every second factor; whose they were. */
export async function deleteSecondFactors(db: Db): Promise<string[]> {
  const deleted = await db.deleteFrom('two_factors').returning('user_id').execute();
  const users = deleted.map(({ user_id }) => user_id);
  if (users.length > 0) {
    await db.updateTable('users').set({ two_factor_enabled: false }).where('id', 'in', users).execute();
  }
  return users;
}
