import { open, type FileHandle } from 'node:fs/promises';

/** The most that is read at once. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const NEWLINE = 10;

/**
 * Returns a function that gives the whole lines added to a file since the last call, the first time those from byte
 * `from` on. A file that was replaced or cut is read from its start; one that is missing has no lines.
 */
export function followLines(path: string, from: number): () => Promise<string[]> {
  let offset = from;
  let file: number | undefined;

  async function read(handle: FileHandle): Promise<string[]> {
    const { ino, size } = await handle.stat();
    if ((file !== undefined && file !== ino) || size < offset) offset = 0;
    file = ino;
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(Math.min(size - offset, CHUNK_BYTES)),
      position: offset,
    });
    const end = buffer.lastIndexOf(NEWLINE, bytesRead - 1) + 1;
    // A line that fills the whole chunk is passed on in pieces.
    const taken = end === 0 && bytesRead === CHUNK_BYTES ? bytesRead : end;
    offset += taken;
    return taken === 0 ? [] : buffer.toString('utf8', 0, taken).replace(/\n$/, '').split('\n');
  }

  return async () => {
    const handle = await open(path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
    if (!handle) return [];
    try {
      return await read(handle);
    } finally {
      await handle.close();
    }
  };
}
