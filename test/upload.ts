import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Upload } from '#platform/http/upload.ts';

/** An upload that has come in, of these bytes. */
export function fakeUpload(content: Buffer | string): Upload {
  const bytes = Buffer.from(content);
  return {
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    read: async (position, length) => await Promise.resolve(bytes.subarray(position, position + length)),
    content: async function* () {
      for (let at = 0; at < bytes.length; at += 1_000)
        yield await Promise.resolve(bytes.subarray(at, at + 1_000));
    },
  };
}
