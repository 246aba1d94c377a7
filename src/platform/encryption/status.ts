import type { Database } from '#platform/db/index.ts';
import { countValues, type EncryptedColumn } from './column-queries.ts';
import { listKeys } from './queries.ts';

export interface KeyStatus {
  id: string;
  state: 'in_use' | 'retired';
  created_at: Date;
  retired_at: Date | null;
  /** How many values it sealed, by `table.column`; none where it sealed none. */
  values: Record<string, number>;
}

export interface KeysStatus {
  /** Oldest first. */
  keys: KeyStatus[];
  /** Whether the next start may bring another SECRET_KEY. */
  secret_key_change_prepared: boolean;
}

export async function keysStatus(
  { system }: Pick<Database, 'system'>,
  columns: EncryptedColumn[],
): Promise<KeysStatus> {
  const values = new Map<string, Record<string, number>>();
  for (const at of columns) {
    for (const { key, values: count } of await countValues(system, at)) {
      values.set(key, { ...values.get(key), [`${at.table}.${at.column}`]: count });
    }
  }
  const records = await listKeys(system);
  return {
    keys: records.map(({ id, retired_at, created_at }) => ({
      id,
      state: retired_at === null ? 'in_use' : 'retired',
      created_at,
      retired_at,
      values: values.get(id) ?? {},
    })),
    secret_key_change_prepared: records.some(({ next_wrapped_key }) => next_wrapped_key !== null),
  };
}
