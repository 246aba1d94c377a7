import type { Db } from '#platform/db/index.ts';

/** Whether the user has a second factor; its row is locked, so that codes are weighed one after the other. */
export async function lockTwoFactor(db: Db, userId: string): Promise<boolean> {
  const found = await db
    .selectFrom('two_factors')
    .select('id')
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  return found !== undefined;
}

export async function selectTwoFactorEnabled(db: Db, userId: string): Promise<boolean> {
  const user = await db
    .selectFrom('users')
    .select('two_factor_enabled')
    .where('id', '=', userId)
    .executeTakeFirst();
  return user?.two_factor_enabled === true;
}
