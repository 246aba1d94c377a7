import { z } from 'zod';
import type { Encryption } from '#platform/encryption/index.ts';

const secretsSchema = z.record(z.string(), z.string());

/** Headers or environment of a server, by name. */
export type Secrets = z.output<typeof secretsSchema>;

const placeOf = (id: string) => ({ table: 'mcp_servers', column: 'secrets', row_id: id });

/** What is stored of them: null where there are none. Before the transaction that writes it. */
export async function sealSecrets(
  encryption: Encryption,
  id: string,
  secrets: Secrets,
): Promise<{ secrets: Buffer | null; secret_names: string[] }> {
  const secret_names = Object.keys(secrets);
  if (secret_names.length === 0) return { secrets: null, secret_names };
  return { secrets: await encryption.seal(JSON.stringify(secrets), placeOf(id)), secret_names };
}

/** @throws AppError `encryption.damaged` */
export async function openSecrets(
  encryption: Encryption,
  { id, secrets }: { id: string; secrets: Buffer | null },
): Promise<Secrets> {
  if (secrets === null) return {};
  return secretsSchema.parse(JSON.parse(String(await encryption.open(secrets, placeOf(id)))));
}
