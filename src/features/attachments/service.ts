import { readSetting } from '#features/settings/index.ts';
import type { Database, Tx } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { Upload } from '#platform/http/upload.ts';
import { newId } from '#platform/ids/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { Storage } from '#platform/storage/index.ts';
import type { Attachment, MediaType } from './contract.ts';
import { fileName } from './file-name.ts';
import {
  deleteUnsent,
  insertAttachment,
  lockUploads,
  selectAttachment,
  selectUsedBytes,
  type AttachmentRow,
} from './queries/attachments.ts';
import { selectFileSpace } from './queries/sweep.ts';
import { recognise } from './recognise.ts';

export interface AttachmentDeps {
  database: Database;
  storage: Storage;
  log: Logger;
}

const MB = 1024 * 1024;

export function noSuchAttachment(): AppError {
  return new AppError({ code: 'attachments.not_found', kind: 'not_found', message: 'There is no such file' });
}

/** As callers see it: where it is stored is ours. */
export function shown({ storage_key: _, media_type, ...row }: AttachmentRow): Attachment {
  return { ...row, media_type: media_type as MediaType, url: contentUrl(row.id) };
}

function contentUrl(id: string): string {
  return `/api/attachments/${id}/content`;
}

async function checkQuota(tx: Tx, userId: string, size: number): Promise<void> {
  await lockUploads(tx.db, userId);
  const quota_mb = await readSetting(tx.db, 'attachments_mb_per_user');
  if ((await selectUsedBytes(tx.db, userId)) + size <= quota_mb * MB) return;
  throw new AppError({
    code: 'attachments.quota',
    kind: 'conflict',
    message: `Your files may have ${quota_mb} MB together, and this one is too much: delete conversations with files you don't need`,
  });
}

/**
 * Keeps an uploaded file, not sent with a message yet: first its bytes, then its row. Bytes without a row are deleted at
 * once where possible, else swept up.
 * @throws AppError 415 and 422 for what is not taken, `attachments.quota`, those of the storage
 */
export async function keepUpload(
  { database, storage, log }: AttachmentDeps,
  userId: string,
  upload: Upload,
  said: string | undefined,
): Promise<Attachment> {
  const name = fileName(said);
  const { media_type, size } = await recognise(upload, name);
  const id = newId();
  const space = await selectFileSpace(database.system);
  // Ids end in chance: so many directories that none grows large.
  const storage_key = `${space}/${id.slice(-2)}/${id}`;
  await storage.put(storage_key, upload.content(), upload.size);
  try {
    return await database.asUser(userId, async (tx) => {
      await checkQuota(tx, userId, upload.size);
      const row = await insertAttachment(tx.db, {
        id,
        user_id: userId,
        name,
        media_type,
        size_bytes: upload.size,
        sha256: upload.sha256,
        width: size?.width ?? null,
        height: size?.height ?? null,
        storage_key,
      });
      return shown(row);
    });
  } catch (error) {
    if (error instanceof AppError) await forgetBytes({ storage, log }, storage_key);
    throw error;
  }
}

/** Throws `attachments.not_found`, and `attachments.sent` for one that belongs to a message. */
export async function deleteAttachment(deps: AttachmentDeps, userId: string, id: string): Promise<void> {
  const deleted = await deps.database.asUser(userId, async (tx) => {
    const row = await deleteUnsent(tx.db, userId, id);
    if (!row && !(await selectAttachment(tx.db, userId, id))) throw noSuchAttachment();
    return row;
  });
  if (!deleted) {
    throw new AppError({
      code: 'attachments.sent',
      kind: 'conflict',
      message: 'It was sent: it goes with its conversation',
    });
  }
  await forgetBytes(deps, deleted.storage_key);
}

async function forgetBytes(
  { storage, log }: Pick<AttachmentDeps, 'storage' | 'log'>,
  key: string,
): Promise<void> {
  try {
    await storage.delete(key);
  } catch (error) {
    log.warn({ err: error }, 'a file without a row could not be deleted yet');
  }
}
