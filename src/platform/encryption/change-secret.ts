import type { Database } from '#platform/db/index.ts';
import { withKeyLock } from './key-lock.ts';
import { listKeys, setNextWrapped } from './queries.ts';
import { unwrap, wrap } from './wrapping.ts';

export interface SecretKeyChange {
  database: Pick<Database, 'asSystem' | 'systemConnection'>;
  secretKey: string;
  nextSecretKey: string;
}

/**
 * Wraps every data key for the next SECRET_KEY too, in one transaction. From then on either opens everything, so that
 * the place where SECRET_KEY is kept can be changed at any later moment; the first start with the next one puts the
 * present one out of use (`Encryption.prepare`). Returns how many keys there are.
 * @throws AppError 'encryption.busy', 'encryption.wrong_secret_key'
 */
export async function prepareSecretKeyChange(change: SecretKeyChange): Promise<number> {
  const { database, secretKey, nextSecretKey } = change;
  return await withKeyLock(
    database,
    async () =>
      await database.asSystem(async ({ db }) => {
        const records = await listKeys(db);
        for (const record of records) {
          await setNextWrapped(db, record.id, wrap(nextSecretKey, unwrap(secretKey, record)));
        }
        return records.length;
      }),
  );
}
