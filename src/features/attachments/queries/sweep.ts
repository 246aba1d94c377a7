import type { Db } from '#platform/db/index.ts';

/** What the keys of this installation begin with. */
export async function selectFileSpace(db: Db): Promise<string> {
  const { id } = await db.selectFrom('file_space').select('id').executeTakeFirstOrThrow();
  return id;
}

export async function deleteUnsentBefore(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('attachments')
    .where('message_id', 'is', null)
    .where('created_at', '<', before)
    .execute();
}

/** Which of these keys a row has. */
export async function selectKnownKeys(db: Db, keys: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('attachments')
    .select('storage_key')
    .where('storage_key', 'in', keys)
    .execute();
  return new Set(rows.map(({ storage_key }) => storage_key));
}
