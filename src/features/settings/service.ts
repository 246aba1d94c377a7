import { record } from '#features/activity/index.ts';
import type { Database, Db, Tx } from '#platform/db/index.ts';
import {
  settingKeys,
  valueInForce,
  type SettingKey,
  type Settings,
  type SettingsPatch,
  type ShownSettings,
} from './contract.ts';
import type { ProviderPart, Written } from './provider-part.ts';
import { lockSettings, selectSettings, upsertSetting } from './queries.ts';
import { tellAdmins } from './tell-admins.ts';

async function read(db: Db, keys: readonly SettingKey[]): Promise<Map<string, unknown>> {
  const rows = await selectSettings(db, keys);
  const stored = new Map(rows.map(({ key, value }) => [key, value]));
  return new Map(keys.map((key) => [key, valueInForce(key, stored.get(key))]));
}

/** What is set at this moment, or its default; one query. For any role. */
export async function readSetting<K extends SettingKey>(db: Db, key: K): Promise<Settings[K]> {
  return (await read(db, [key])).get(key) as Settings[K];
}

async function readStored(db: Db): Promise<Settings> {
  return Object.fromEntries(await read(db, settingKeys)) as unknown as Settings;
}

/** All settings as they are in force. For the system role. */
export async function readSettings(db: Db, providers: ProviderPart): Promise<ShownSettings> {
  const stored = await readStored(db);
  const { default_model, embedding_model } = providers.environment;
  return {
    ...stored,
    default_model: stored.default_model ?? default_model,
    embedding_model: stored.embedding_model ?? embedding_model,
    providers: await providers.read(db),
  };
}

/** What of the patch has to be reached: what it names, and the default model when its provider loses something. */
function modelsToReach(patch: SettingsPatch, after: Settings, { environment }: ProviderPart) {
  const { default_model, embedding_model, providers = {} } = patch;
  const inForce = after.default_model ?? environment.default_model;
  const lost = Object.entries(providers).some(
    ([name, change]) =>
      inForce.startsWith(`${name}/`) &&
      (change === null || change?.api_key === null || change?.base_url === null),
  );
  return [
    ...(lost || typeof default_model === 'string' ? [{ path: 'default_model', model: inForce }] : []),
    ...(typeof embedding_model === 'string' ? [{ path: 'embedding_model', model: embedding_model }] : []),
  ];
}

async function write(
  tx: Tx,
  patch: SettingsPatch,
  providers: ProviderPart,
  sealed: unknown,
): Promise<Written> {
  await lockSettings(tx.db);
  const before = await readStored(tx.db);
  const changed = settingKeys.filter((key) => patch[key] !== undefined && patch[key] !== before[key]);
  const after: Settings = { ...before, ...Object.fromEntries(changed.map((key) => [key, patch[key]])) };
  for (const key of changed) await upsertSetting(tx.db, key, after[key]);
  const written = sealed === undefined ? {} : await providers.write(tx, sealed);
  await providers.check(tx.db, modelsToReach(patch, after, providers));
  return {
    ...Object.fromEntries(changed.map((key) => [key, { old: before[key], new: after[key] }])),
    ...written,
  };
}

/**
 * Changes some settings, live: the admins' screens and every process (topic `settings`) hear of it with the commit. Keys of
 * providers are sealed and written down nowhere else.
 */
export async function changeSettings(
  database: Database,
  adminId: string,
  patch: SettingsPatch,
  providers: ProviderPart,
): Promise<ShownSettings> {
  const sealed = patch.providers && (await providers.seal(patch.providers));
  const written = await database.asSystem(async (tx) => {
    const changes = await write(tx, patch, providers, sealed);
    const keys = Object.keys(changes);
    if (keys.length === 0) return changes;
    await record(tx, {
      user_id: adminId,
      actor: 'user',
      type: 'settings.changed',
      message: `Settings of the installation were changed: ${keys.join(', ')}`,
      metadata: changes,
      subject: 'settings',
    });
    await tellAdmins(tx, { type: 'settings.changed', subject: 'settings', payload: { keys } });
    tx.hint('settings');
    return changes;
  });
  if (Object.keys(written).length > 0) await providers.applied();
  return await readSettings(database.system, providers);
}
