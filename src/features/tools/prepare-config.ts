import type { JsonValue } from '#platform/db/index.ts';
import type { Encryption } from '#platform/encryption/index.ts';
import { checkHttpConfig, sealSecrets, type SealedConfig } from './http/index.ts';
import type { Tool } from './queries.ts';

/** What a tool is to be like, of what its configuration depends on. */
export interface Configured {
  tool_type: Tool['tool_type'];
  config: JsonValue | Record<string, unknown>;
  input_schema: JsonValue | Record<string, unknown> | null;
}

/**
 * Checks the configuration of a type that has rules for it, and seals what is secret in it; undefined for other types.
 * An empty one is for later: until then the tool says that it is not set up.
 *
 * @throws AppError 422 with the path of each problem
 */
export async function prepareConfig(
  encryption: Encryption,
  { tool_type, config, input_schema }: Configured,
): Promise<SealedConfig | undefined> {
  if (tool_type !== 'http') return undefined;
  if (Object.keys(config ?? {}).length === 0) return { config: {}, sealed: [], kept: [] };
  return await sealSecrets(encryption, checkHttpConfig(config, input_schema as JsonValue));
}
