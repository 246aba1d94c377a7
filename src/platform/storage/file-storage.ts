import { open, readdir, rename, rm, stat, statfs, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { makeDirectory } from '#platform/files/make-directory.ts';
import { checkKey, noSpace, storageAway, type Storage, type StoredKey } from './storage.ts';

export interface FileStorageOptions {
  /** Made when it is missing. */
  directory: string;
  /** What of the disk is left to others, in bytes: the database dies without room. */
  reserve_bytes?: number;
}

const RESERVE_BYTES = 64 * 1024 * 1024;
/** Ends the name of a file that is being written. */
const PART = '.part';

/** Files in a directory, one a key; slashes in keys make directories. */
export function fileStorage({ directory, reserve_bytes = RESERVE_BYTES }: FileStorageOptions): Storage {
  const pathOf = (key: string) => join(directory, checkKey(key));

  async function put(key: string, content: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const path = pathOf(key);
    await makeDirectory(dirname(path));
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize < size + reserve_bytes) throw noSpace();
    const part = path + PART;
    try {
      await writeDurably(part, content, size);
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw writeError(error);
    }
    await syncDirectory(dirname(path));
  }

  async function get(key: string) {
    const path = pathOf(key);
    try {
      const handle = await open(path);
      const { size } = await handle.stat();
      const stream = Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>;
      return { size, stream };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw storageAway('a stored file can not be read', error);
    }
  }

  async function remove(key: string): Promise<void> {
    const path = pathOf(key);
    try {
      await unlink(path);
    } catch (error) {
      if (!isMissing(error)) throw storageAway('a stored file can not be deleted', error);
    }
  }

  async function* list(prefix: string): AsyncIterable<StoredKey> {
    for (const entry of await entriesOf(join(directory, prefix))) {
      const key = prefix + entry.name;
      if (entry.isDirectory()) {
        yield* list(`${key}/`);
      } else if (entry.isFile()) {
        const found = await stat(join(directory, key)).catch(() => undefined);
        if (found) yield { key, written_at: found.mtime };
      }
    }
  }

  return { put, get, delete: remove, list };
}

async function writeDurably(path: string, content: AsyncIterable<Uint8Array>, size: number): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    let written = 0;
    for await (const chunk of content) {
      await handle.writeFile(chunk);
      written += chunk.length;
    }
    if (written !== size) throw storageAway(`${size} bytes were announced and ${written} came`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that the new name is there after a loss of power, too. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw storageAway('the stored files can not be listed', error);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function writeError(error: unknown): unknown {
  const code = codeOf(error) ?? '';
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return noSpace(error);
  return ['EACCES', 'EROFS', 'EIO', 'EMFILE', 'ENFILE'].includes(code)
    ? storageAway('a file can not be stored', error)
    : error;
}
