import { createHash } from 'node:crypto';
import { mkdir, open, statfs, unlink, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { AppError } from '#platform/errors/index.ts';
import { newId } from '#platform/ids/index.ts';

/** What a route takes as the bytes of its body. */
export interface UploadRules {
  /** Where they lie until the route has done with them. */
  directory: string;
  /** The most there may be. */
  limit_bytes: number;
}

/**
 * A body that has come in whole. It lies in a file without a name, which is gone when the route has answered, or with the
 * process.
 */
export interface Upload {
  size: number;
  /** Of its bytes, in hexadecimal. */
  sha256: string;
  /** Up to `length` bytes from `position` on; fewer at its end. */
  read(position: number, length: number): Promise<Buffer>;
  /** All of it, a part at a time. */
  content(): AsyncIterable<Buffer>;
}

const CHUNK_BYTES = 64 * 1024;
/** What of the disk is left to others, in bytes. */
const RESERVE_BYTES = 64 * 1024 * 1024;

/**
 * Takes a request's body in as it comes, whatever its type is said to be; `close` lets go of it.
 * @throws AppError 413 above the limit, 415 for a form or a compressed body, 400 for nothing, 503 on a full disk
 */
export async function receiveUpload(
  incoming: IncomingMessage,
  { directory, limit_bytes }: UploadRules,
): Promise<{ upload: Upload; close(): Promise<void> }> {
  checkForm(incoming);
  if (Number(incoming.headers['content-length'] ?? 0) > limit_bytes) throw tooLarge(limit_bytes);
  const file = await nameless(directory, limit_bytes);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of chunksOf(incoming)) {
      size += chunk.length;
      if (size > limit_bytes) throw tooLarge(limit_bytes);
      hash.update(chunk);
      await file.appendFile(chunk);
    }
    if (size === 0) throw malformed('request.empty', 'the body is empty: send the bytes of a file');
    const read = async (position: number, length: number) => await readFrom(file, position, length);
    async function* content(): AsyncIterable<Buffer> {
      for (let at = 0; at < size;) {
        const chunk = await read(at, CHUNK_BYTES);
        if (chunk.length === 0) throw new Error('an upload is shorter than it was');
        at += chunk.length;
        yield chunk;
      }
    }
    const upload = { size, sha256: hash.digest('hex'), read, content };
    return { upload, close: async () => await file.close() };
  } catch (error) {
    await file.close();
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? noSpace(error) : error;
  }
}

async function readFrom(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The body; what is left of it stays to be drained, so that a refusal can be read. */
async function* chunksOf(incoming: IncomingMessage): AsyncIterable<Buffer> {
  try {
    yield* incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw malformed('request.aborted', 'the client went away', cause);
  }
  if (!incoming.complete) throw malformed('request.aborted', 'the client went away');
}

/** Open to write and read, and not there for anybody else. */
async function nameless(directory: string, size: number): Promise<FileHandle> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < size + RESERVE_BYTES) throw noSpace();
  const path = join(directory, newId());
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}

function checkForm({ headers }: IncomingMessage): void {
  const isForm = /^multipart\//i.test(headers['content-type'] ?? '');
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  if (!isForm && isPlain) return;
  throw new AppError({
    code: 'request.unsupported_media',
    kind: 'unsupported_media',
    message: isForm ? 'send the bytes of the file as the body, not a form' : 'compressed bodies are not read',
  });
}

function malformed(code: string, message: string, cause?: unknown): AppError {
  return new AppError({ code, kind: 'malformed', message, cause });
}

function tooLarge(limit_bytes: number): AppError {
  const message = `the file is larger than ${Math.floor(limit_bytes / 1024 / 1024)} MB (${limit_bytes} bytes)`;
  return new AppError({ code: 'request.too_large', kind: 'too_large', message });
}

function noSpace(cause?: unknown): AppError {
  return new AppError({
    code: 'request.no_space',
    kind: 'unavailable',
    message: 'the disk has not enough room for uploads: free some space',
    cause,
  });
}
