import { arrayBuffer } from 'node:stream/consumers';
import type { Database } from '#platform/db/index.ts';
import type { Storage } from '#platform/storage/index.ts';
import { selectAttachment } from './queries/attachments.ts';

/** The bytes of a user's file; undefined when it is not there any more. Throws `storage.unavailable`. */
export async function readAttachment(
  { database, storage }: { database: Database; storage: Storage },
  userId: string,
  id: string,
): Promise<Uint8Array | undefined> {
  const row = await selectAttachment(database.readAs(userId), userId, id);
  const stored = row && (await storage.get(row.storage_key));
  return stored && new Uint8Array(await arrayBuffer(stored.stream));
}
