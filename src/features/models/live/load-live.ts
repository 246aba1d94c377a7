import { readSetting } from '#features/settings/index.ts';
import type { Database } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { isProviderName } from '../providers/names.ts';
import { selectProviderRows, type ProviderRow } from '../queries/provider-keys.ts';
import type { ModelSettings } from '../registry.ts';

/** Where a provider's key is sealed for. */
export const placeOf = (row_id: string) => ({ table: 'provider_keys', column: 'api_key', row_id });

async function accessOf({ id, api_key, base_url }: ProviderRow, encryption: Encryption) {
  const key = api_key ? (await encryption.open(api_key, placeOf(id))).toString('utf8') : undefined;
  return { ...(key !== undefined && { api_key: key }), ...(base_url !== null && { base_url }) };
}

/** What admins have set live. A key that can't be opened is as good as none: `onDamaged` hears of it. */
export async function loadLive(
  { database, encryption }: { database: Database; encryption: Encryption },
  onDamaged: (provider: string, error: unknown) => void,
): Promise<ModelSettings> {
  const db = database.system;
  const [rows, default_model, embedding_model] = await Promise.all([
    selectProviderRows(db),
    readSetting(db, 'default_model'),
    readSetting(db, 'embedding_model'),
  ]);
  const providers: ModelSettings['providers'] = {};
  for (const row of rows) {
    if (!isProviderName(row.provider)) continue;
    try {
      providers[row.provider] = await accessOf(row, encryption);
    } catch (error) {
      onDamaged(row.provider, error);
    }
  }
  return {
    default_model: default_model ?? undefined,
    embedding_model: embedding_model ?? undefined,
    providers,
  };
}
