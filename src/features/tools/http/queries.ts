import type { Db } from '#platform/db/index.ts';

/** A secret header as it is stored: its value is sealed for the row. */
export interface SealedHeader {
  id: string;
  name: string;
  value: Buffer;
}

export async function selectSecrets(db: Db, toolId: string): Promise<SealedHeader[]> {
  return await db
    .selectFrom('tool_secrets')
    .select(['id', 'name', 'value'])
    .where('tool_id', '=', toolId)
    .execute();
}

export async function insertSecrets(
  db: Db,
  { user_id, tool_id }: { user_id: string; tool_id: string },
  headers: readonly SealedHeader[],
): Promise<void> {
  if (headers.length === 0) return;
  await db
    .insertInto('tool_secrets')
    .values(headers.map((header) => ({ ...header, user_id, tool_id })))
    .execute();
}

/** Deletes a tool's secrets but those of these names, in any case. */
export async function deleteSecretsExcept(db: Db, toolId: string, names: readonly string[]): Promise<void> {
  const kept = names.map((name) => name.toLowerCase());
  await db
    .deleteFrom('tool_secrets')
    .where('tool_id', '=', toolId)
    .$if(kept.length > 0, (query) =>
      query.where((where) => where.not(where(where.fn('lower', ['name']), 'in', kept))),
    )
    .execute();
}
