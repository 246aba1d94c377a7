import { mkdir, open, statfs, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';
import { writeArchive, type ArchiveFile } from './archive.ts';
import { exportFiles, type ExportFor } from './collect.ts';

/** A finished export. The file has no name any more: it is gone with its handle, whatever happens. */
export interface Spool {
  handle: FileHandle;
  size: number;
}

/** What users have uploaded, one after the other. */
export interface ExportedFiles {
  files: (userId: string) => AsyncIterable<ArchiveFile>;
}

/** The scope that shows files elsewhere. */
const FILES_SCOPE = 'chat:read';

/** An export may take this share of what is free on the disk: the rest is the database's. */
const SHARE_OF_FREE_SPACE = 0.5;

async function nameless(directory: string): Promise<FileHandle> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${newId()}.zip`);
  const handle = await open(path, 'wx+', 0o600);
  await unlink(path);
  return handle;
}

/**
 * Writes a user's export to the disk, all of one moment. Not straight to the client: that would keep a transaction open
 * for as long as the client cares to take, and vacuum from cleaning up behind everybody.
 */
export async function spoolExport(
  database: Database,
  { directory, signal, files, ...of }: ExportFor & ExportedFiles & { directory: string; signal: AbortSignal },
): Promise<Spool> {
  const handle = await nameless(directory);
  try {
    const { bavail, bsize } = await statfs(directory);
    const limit = bavail * bsize * SHARE_OF_FREE_SPACE;
    let size = 0;
    const write = async (chunk: Buffer) => {
      size += chunk.length;
      await handle.appendFile(chunk);
    };
    const check = () => {
      signal.throwIfAborted();
      if (size > limit) throw noSpace();
    };
    await writeArchive(async (archive) => {
      // Only read, so that it is never run again: the file is written once.
      await database.asUser(of.userId, async (tx) => {
        for (const file of await exportFiles(tx, of, check)) await archive.add(file);
      });
      if (!of.mayRead(FILES_SCOPE)) return;
      // They may lie on another machine: nothing is locked or held meanwhile.
      for await (const file of files(of.userId)) {
        check();
        await archive.add(file);
      }
    }, write);
    return { handle, size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function noSpace(): AppError {
  return new AppError({
    code: 'users.export_no_space',
    kind: 'unavailable',
    message: 'the disk has not enough room for the export: free some space',
  });
}
