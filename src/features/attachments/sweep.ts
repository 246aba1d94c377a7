import { deleteUnsentBefore, selectFileSpace, selectKnownKeys } from './queries/sweep.ts';
import type { AttachmentDeps } from './service.ts';

const HOUR_MS = 3_600_000;
/** How long a file may wait to be sent. */
const UNSENT_MS = 24 * HOUR_MS;
/** Within it a file may still be on its way to its row. */
const GRACE_MS = HOUR_MS;
const BATCH = 500;

/** Removes files that were never sent, and the bytes of all that have no row: those of deleted threads and users, too. */
export async function sweepFiles({ database, storage, log }: AttachmentDeps, now: Date): Promise<void> {
  await deleteUnsentBefore(database.system, new Date(now.getTime() - UNSENT_MS));
  const before = now.getTime() - GRACE_MS;
  let deleted = 0;
  let batch: string[] = [];
  const sweep = async () => {
    if (batch.length === 0) return;
    const known = await selectKnownKeys(database.system, batch);
    for (const key of batch) {
      if (known.has(key)) continue;
      await storage.delete(key);
      deleted++;
    }
    batch = [];
  };
  for await (const { key, written_at } of storage.list(`${await selectFileSpace(database.system)}/`)) {
    if (written_at.getTime() >= before) continue;
    batch.push(key);
    if (batch.length === BATCH) await sweep();
  }
  await sweep();
  if (deleted > 0) log.info({ deleted }, 'files without a row were deleted');
}
