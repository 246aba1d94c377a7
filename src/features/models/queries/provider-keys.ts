import type { Db } from '#platform/db/index.ts';
import type { ProviderName } from '../providers/names.ts';

/** What is set live for a provider, its key as it is sealed. */
export interface ProviderRow {
  id: string;
  provider: string;
  api_key: Buffer | null;
  base_url: string | null;
}

export async function selectProviderRows(db: Db): Promise<ProviderRow[]> {
  return await db
    .selectFrom('provider_keys')
    .select(['id', 'provider', 'api_key', 'base_url'])
    .orderBy('provider')
    .execute();
}

/** Puts a row in the place of what was set for its provider; one with nothing in it removes that. */
export async function replaceProviderRow(
  db: Db,
  row: Omit<ProviderRow, 'provider'> & { provider: ProviderName },
): Promise<void> {
  await db.deleteFrom('provider_keys').where('provider', '=', row.provider).execute();
  if (row.api_key !== null || row.base_url !== null) {
    await db.insertInto('provider_keys').values(row).execute();
  }
}

export async function updateBaseUrl(db: Db, id: string, base_url: string | null): Promise<void> {
  await db.updateTable('provider_keys').set({ base_url }).where('id', '=', id).execute();
}
