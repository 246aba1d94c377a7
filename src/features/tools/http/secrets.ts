import type { Tx } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { invalidField } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { HttpConfig, WrittenConfig } from './config.ts';
import { deleteSecretsExcept, insertSecrets, selectSecrets, type SealedHeader } from './queries.ts';

export const secretsColumn = { table: 'tool_secrets', column: 'value' };

const placeOf = (row_id: string) => ({ ...secretsColumn, row_id });

/** A configuration ready to be stored, its secrets beside it. */
export interface SealedConfig {
  /** Empty for a tool that is set up later. */
  config: HttpConfig | Record<string, never>;
  /** New values. */
  sealed: SealedHeader[];
  /** Names of those that stay as they are. */
  kept: string[];
}

/** Seals the secrets of a configuration. To be done before the transaction that stores it. */
export async function sealSecrets(encryption: Encryption, written: WrittenConfig): Promise<SealedConfig> {
  const { secret_headers, ...rest } = written;
  const sealed: SealedHeader[] = [];
  const kept: string[] = [];
  for (const [name, value] of Object.entries(secret_headers ?? {})) {
    const id = newId();
    if (value === true) kept.push(name);
    else sealed.push({ id, name, value: await encryption.seal(value, placeOf(id)) });
  }
  const shown = Object.fromEntries(Object.keys(secret_headers ?? {}).map((name) => [name, true as const]));
  return { config: { ...rest, ...(secret_headers && { secret_headers: shown }) }, sealed, kept };
}

/**
 * Stores what `sealSecrets` made in place of what there was.
 * @throws AppError 422 when a header is to be kept that is not there
 */
export async function storeSecrets(
  tx: Tx,
  owner: { user_id: string; tool_id: string },
  { sealed, kept }: SealedConfig,
): Promise<void> {
  const known = new Set((await selectSecrets(tx.db, owner.tool_id)).map(({ name }) => name.toLowerCase()));
  for (const name of kept) {
    if (!known.has(name.toLowerCase()))
      throw invalidField(`config.secret_headers.${name}`, 'has no value yet: true keeps one that is there');
  }
  await deleteSecretsExcept(tx.db, owner.tool_id, kept);
  await insertSecrets(tx.db, owner, sealed);
}

/** The values of a tool's secret headers, by name. */
export async function openSecrets(
  encryption: Encryption,
  headers: readonly SealedHeader[],
): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  for (const { id, name, value } of headers)
    opened.set(name, (await encryption.open(value, placeOf(id))).toString('utf8'));
  return opened;
}
