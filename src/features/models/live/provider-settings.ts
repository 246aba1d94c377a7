import type { Db, JsonValue, Tx } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { splitCredentials } from '../providers/base-url.ts';
import {
  isReachable,
  providerNames,
  providerOf,
  isProviderName,
  type ProviderName,
} from '../providers/names.ts';
import { OFFLINE_MODEL } from '../offline/model.ts';
import {
  replaceProviderRow,
  selectProviderRows,
  updateBaseUrl,
  type ProviderRow,
} from '../queries/provider-keys.ts';
import { accessesOf, type ModelSettings } from '../registry.ts';
import { placeOf } from './load-live.ts';

/** What is shown of a provider: never its key. */
export interface ShownProvider {
  api_key_set: boolean;
  /** Where the key is from, or without one the address. */
  source: 'environment' | 'settings' | null;
  base_url: string | null;
}

/** Null removes what was set; left out, it stays. */
export type ProviderChange = {
  api_key?: string | null | undefined;
  base_url?: string | null | undefined;
} | null;
export type ProviderChanges = Partial<Record<ProviderName, ProviderChange | undefined>>;

/** Changes with their keys sealed, to be written in a transaction. */
export type SealedChanges = {
  provider: ProviderName;
  row_id: string;
  /** Undefined: it stays. */
  api_key: Buffer | null | undefined;
  base_url: string | null | undefined;
}[];

/** What changed: metadata of the activity, by its name. */
export type Written = Record<string, { old: JsonValue; new: JsonValue }>;

const without = (url: string | null) => (url === null ? null : splitCredentials(url).url);

function setLive(rows: ProviderRow[]): ModelSettings['providers'] {
  return Object.fromEntries(
    rows.map(({ provider, api_key, base_url }) => [
      provider,
      { api_key: api_key ? 'set' : undefined, base_url: base_url ?? undefined },
    ]),
  );
}

/** The providers as admins see them. */
export async function shownProviders(
  db: Db,
  environment: ModelSettings,
): Promise<Record<ProviderName, ShownProvider>> {
  const live = setLive(await selectProviderRows(db));
  const accesses = accessesOf(environment, { providers: live });
  const shown = (name: ProviderName): ShownProvider => {
    const { api_key, base_url } = accesses[name];
    const field = api_key === undefined ? 'base_url' : 'api_key';
    const isLive = live[name]?.[field] !== undefined;
    const isGiven = environment.providers[name]?.[field] !== undefined;
    return {
      api_key_set: api_key !== undefined,
      source: isLive ? 'settings' : isGiven ? 'environment' : null,
      base_url: without(base_url ?? null),
    };
  };
  return Object.fromEntries(providerNames.map((name) => [name, shown(name)])) as Record<
    ProviderName,
    ShownProvider
  >;
}

/** Before the transaction: the keys are sealed. */
export async function sealChanges(encryption: Encryption, changes: ProviderChanges): Promise<SealedChanges> {
  const sealed: SealedChanges = [];
  for (const provider of providerNames) {
    const change = changes[provider];
    if (change === undefined) continue;
    const { api_key, base_url } = change ?? { api_key: null, base_url: null };
    const row_id = newId();
    sealed.push({
      provider,
      row_id,
      api_key: typeof api_key === 'string' ? await encryption.seal(api_key, placeOf(row_id)) : api_key,
      base_url,
    });
  }
  return sealed;
}

/** Writes them, one admin after the other (`lockSettings`); says what changed. */
export async function writeChanges(tx: Tx, changes: SealedChanges): Promise<Written> {
  const before = new Map((await selectProviderRows(tx.db)).map((row) => [row.provider, row]));
  const written: Written = {};
  for (const { provider, row_id, api_key, base_url: wanted } of changes) {
    const old = before.get(provider);
    const base_url = wanted === undefined ? (old?.base_url ?? null) : wanted;
    const hadKey = old !== undefined && old.api_key !== null;
    if (api_key || (api_key === null && hadKey)) {
      await replaceProviderRow(tx.db, { id: row_id, provider, api_key, base_url });
      // What it is stays between the admin and the provider.
      written[`providers.${provider}.api_key`] = {
        old: hadKey ? 'set' : null,
        new: api_key ? 'set' : null,
      };
    } else if (base_url !== (old?.base_url ?? null)) {
      await (hadKey
        ? updateBaseUrl(tx.db, old.id, base_url)
        : replaceProviderRow(tx.db, { id: row_id, provider, api_key: null, base_url }));
    }
    if (base_url !== (old?.base_url ?? null)) {
      written[`providers.${provider}.base_url`] = {
        old: without(old?.base_url ?? null),
        new: without(base_url),
      };
    }
  }
  return written;
}

/** Throws a 422 with the field's path unless the model's provider is reached by what is set in this transaction. */
export async function checkReachable(
  db: Db,
  environment: ModelSettings,
  wanted: { path: string; model: string }[],
): Promise<void> {
  const accesses = accessesOf(environment, { providers: setLive(await selectProviderRows(db)) });
  for (const { path, model } of wanted) {
    const { provider } = providerOf(model);
    if (model === OFFLINE_MODEL && path === 'default_model') continue;
    if (!isProviderName(provider) || !isReachable(provider, accesses[provider])) {
      throw invalidField(path, `“${model}” is of no provider that is set up`, 'settings.unknown_model');
    }
  }
}
