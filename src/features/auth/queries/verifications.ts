import { sql } from 'kysely';
import type { Db } from '#platform/db/index.ts';

/** No device of the user's is spared the second factor any more. */
export async function deleteTrustedDevices(db: Db, userId: string): Promise<void> {
  await db
    .deleteFrom('verifications')
    .where('value', '=', userId)
    .where('identifier', 'like', 'trust-device-%')
    .execute();
}

/** Keeps a value for a while under a name. */
export async function insertVerification(
  db: Db,
  {
    id,
    identifier,
    value,
    lifetime_ms,
  }: { id: string; identifier: string; value: string; lifetime_ms: number },
): Promise<void> {
  await db
    .insertInto('verifications')
    .values({
      id,
      identifier,
      value,
      expires_at: sql<Date>`app_now() + ${lifetime_ms} * interval '1 millisecond'`,
    })
    .execute();
}

export async function isVerificationKept(db: Db, identifier: string): Promise<boolean> {
  const found = await db
    .selectFrom('verifications')
    .select('id')
    .where('identifier', '=', identifier)
    .where(sql<boolean>`expires_at > app_now()`)
    .executeTakeFirst();
  return found !== undefined;
}

/** The value kept under this name, which is gone with this call: one caller gets it. */
export async function takeVerification(db: Db, identifier: string): Promise<string | undefined> {
  const taken = await db
    .deleteFrom('verifications')
    .where('identifier', '=', identifier)
    .returning(['value', sql<boolean>`expires_at > app_now()`.as('is_live')])
    .executeTakeFirst();
  return taken?.is_live === true ? taken.value : undefined;
}

export async function deleteExpiredVerifications(db: Db): Promise<void> {
  await db
    .deleteFrom('verifications')
    .where(sql<boolean>`expires_at <= app_now()`)
    .execute();
}
