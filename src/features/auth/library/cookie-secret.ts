import { randomBytes } from 'node:crypto';
import { record } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { FeatureContext } from '#platform/feature/index.ts';
import { newId } from '#platform/ids/index.ts';
import { deleteSecondFactors, insertCookieSecret, selectCookieSecret } from '../queries/cookie-secret.ts';

/** The secret that signs cookies and encrypts second factors: 256 random bits as base64url. */
export type CookieSecret = () => Promise<string>;

/** Second factors that a secret encrypted which is gone (`./manage keys forget`): nobody could sign in with them. */
async function dropUnreadable(tx: Tx): Promise<void> {
  const users = await deleteSecondFactors(tx.db);
  await record(
    tx,
    ...users.map((user_id) => ({
      user_id,
      actor: 'system' as const,
      type: 'auth.second_factor_lost',
      level: 'warning' as const,
      message: 'Your second factor was switched off, because the key that kept it is lost: set it up again',
    })),
  );
}

/** Makes the function that reads the secret, or makes it when there is none. It is kept from its first use on. */
export function createCookieSecret({
  database,
  encryption,
}: Pick<FeatureContext, 'database' | 'encryption'>): CookieSecret {
  let kept: Promise<string> | undefined;

  const placeOf = (row_id: string) => ({ table: 'signing_keys', column: 'private_key', row_id });

  async function read(): Promise<string> {
    const found = await selectCookieSecret(database.system);
    if (found) return (await encryption.open(found.private_key, placeOf(found.id))).toString('utf8');
    const id = newId();
    const private_key = await encryption.seal(randomBytes(32).toString('base64url'), placeOf(id));
    await database.asSystem(async (tx) => {
      if (await insertCookieSecret(tx.db, { id, private_key })) await dropUnreadable(tx);
    });
    return await read();
  }

  return async () => {
    const reading = (kept ??= read());
    try {
      return await reading;
    } catch (error) {
      if (kept === reading) kept = undefined;
      throw error;
    }
  };
}
