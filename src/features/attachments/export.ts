import type { Database } from '#platform/db/index.ts';
import type { Storage } from '#platform/storage/index.ts';
import { selectAttachments } from './queries/attachments.ts';

const BATCH = 100;

/** All files of a user as they lie in an export, newest first; one that is not in the store any more is left out. */
export async function* filesToExport(
  { database, storage }: { database: Database; storage: Storage },
  userId: string,
): AsyncGenerator<{ name: string; content: () => AsyncIterable<Uint8Array> }> {
  let before: string | undefined;
  do {
    const rows = await selectAttachments(database.readAs(userId), userId, { before, count: BATCH });
    for (const { id, name, storage_key } of rows) {
      const stored = await storage.get(storage_key);
      if (stored) yield { name: `files/${id}/${name}`, content: () => stored.stream };
    }
    before = rows.length === BATCH ? rows.at(-1)?.id : undefined;
  } while (before !== undefined);
}
