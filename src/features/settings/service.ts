import { record } from '#features/activity/index.ts';
import type { Db, Tx } from '#platform/db/index.ts';
import { settingKeys, valueInForce, type SettingKey, type Settings } from './contract.ts';
import { lockSettings, selectSettings, upsertSetting } from './queries.ts';
import { tellAdmins } from './tell-admins.ts';

async function read(db: Db, keys: readonly SettingKey[]): Promise<Map<string, unknown>> {
  const rows = await selectSettings(db, keys);
  const stored = new Map(rows.map(({ key, value }) => [key, value]));
  return new Map(keys.map((key) => [key, valueInForce(key, stored.get(key))]));
}

/** The value in force at this moment; one query. For any role. */
export async function readSetting<K extends SettingKey>(db: Db, key: K): Promise<Settings[K]> {
  return (await read(db, [key])).get(key) as Settings[K];
}

/** All settings. */
export async function readSettings(db: Db): Promise<Settings> {
  return Object.fromEntries(await read(db, settingKeys)) as unknown as Settings;
}

/**
 * Changes some settings, live: the admins' screens and every process (topic `settings`) hear of it with the commit.
 * For the system role.
 */
export async function changeSettings(
  tx: Tx,
  adminId: string,
  patch: { [K in SettingKey]?: Settings[K] | undefined },
): Promise<Settings> {
  await lockSettings(tx.db);
  const before = await readSettings(tx.db);
  const changed = settingKeys.filter((key) => patch[key] !== undefined && patch[key] !== before[key]);
  if (changed.length === 0) return before;
  const after: Settings = { ...before };
  for (const key of changed) {
    const value = patch[key]!;
    after[key] = value;
    await upsertSetting(tx.db, key, value);
  }
  await record(tx, {
    user_id: adminId,
    actor: 'user',
    type: 'settings.changed',
    message: `Settings of the installation were changed: ${changed.join(', ')}`,
    metadata: Object.fromEntries(changed.map((key) => [key, { old: before[key], new: after[key] }])),
    subject: 'settings',
  });
  await tellAdmins(tx, { type: 'settings.changed', subject: 'settings', payload: { keys: changed } });
  tx.hint('settings');
  return after;
}
