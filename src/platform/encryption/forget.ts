import type { Database } from '#platform/db/index.ts';
import { forgetValues, type EncryptedColumn } from './column-queries.ts';
import { withKeyLock } from './key-lock.ts';
import { deleteKeys, listKeys } from './queries.ts';
import { opens } from './wrapping.ts';

export interface ForgetOptions {
  database: Pick<Database, 'asSystem' | 'systemConnection'>;
  secretKey: string;
  columns: EncryptedColumn[];
}

/**
 * Gives up what was sealed under a SECRET_KEY that is lost: values become null, or go with their row where there must
 * be one. What opens stays. Returns how many values and keys are gone.
 * @throws AppError 'encryption.busy'
 */
export async function forgetLostKeys({ database, secretKey, columns }: ForgetOptions) {
  return await withKeyLock(
    database,
    async () =>
      await database.asSystem(async ({ db }) => {
        const records = await listKeys(db);
        const lost = records.filter((record) => !opens(secretKey, record)).map(({ id }) => id);
        let values = 0;
        for (const column of columns) values += await forgetValues(db, column, lost);
        await deleteKeys(db, lost);
        return { keys: lost.length, values };
      }),
  );
}
