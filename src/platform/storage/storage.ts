import { AppError } from '#platform/errors/index.ts';

/** What is stored under a key. Who takes it reads `stream` to its end or cancels it. */
export interface StoredContent {
  size: number;
  stream: ReadableStream<Uint8Array>;
}

/** A key in a listing; one that a crash left half written is among them, under a key of its own. */
export interface StoredKey {
  key: string;
  /** When it was written, by the store's clock. */
  written_at: Date;
}

/**
 * Where bytes are kept, by keys of letters, digits, `.`, `_` and `-` in parts between slashes (see `checkKey`). A key is
 * written once: whole or not at all.
 */
export interface Storage {
  /**
   * Takes in `size` bytes, in order, without holding them in memory.
   * @throws AppError `storage.no_space`, `storage.unavailable`; whatever `content` throws
   */
  put(key: string, content: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  /** Undefined when nothing is there. Throws `storage.unavailable`. */
  get(key: string): Promise<StoredContent | undefined>;
  /** Also when nothing is there. Throws `storage.unavailable`. */
  delete(key: string): Promise<void>;
  /** All keys that begin with `prefix`, which ends in a slash; in any order. */
  list(prefix: string): AsyncIterable<StoredKey>;
}

/** Whatever a key is made of, it leads nowhere else. */
export function checkKey(key: string): string {
  if (key.length <= 250 && /^[a-z0-9][\w.-]*(?:\/[a-z0-9][\w.-]*)*$/i.test(key)) return key;
  throw new AppError({ code: 'storage.bad_key', kind: 'internal', message: 'not a key of a stored file' });
}

export function noSpace(cause?: unknown): AppError {
  return new AppError({
    code: 'storage.no_space',
    kind: 'unavailable',
    message: 'there is no room left for files: free some space on the disk',
    cause,
  });
}

export function storageAway(message: string, cause?: unknown): AppError {
  return new AppError({ code: 'storage.unavailable', kind: 'unavailable', message, cause });
}
