import type { attachmentSchema } from '#features/attachments/contract.ts';
import { problemOf, Unreachable } from '#web/lib/problem.ts';
import type { Wire } from '#web/lib/wire.ts';

export type Attachment = Wire<typeof attachmentSchema>;

/** What tells of an upload under way. */
export interface UploadOptions {
  /** How much of it is there, from 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/**
 * Uploads a file. Not with `fetch`, which does not tell how far it is.
 * @throws Problem for a refusal, Unreachable when there is no answer, the signal's reason
 */
export async function upload(file: File, { onProgress, signal }: UploadOptions): Promise<Attachment> {
  const request = new XMLHttpRequest();
  const answered = new Promise<void>((resolve, reject) => {
    request.addEventListener('load', () => resolve());
    for (const event of ['error', 'timeout'])
      request.addEventListener(event, () => reject(new Unreachable('Famulus does not answer')));
    request.addEventListener('abort', () => reject(signal.reason as Error));
  });
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (total > 0) onProgress(loaded / total);
  });
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.open('POST', `/api/attachments?name=${encodeURIComponent(file.name.slice(-500).toWellFormed())}`);
  request.setRequestHeader('accept', 'application/json');
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.send(file);
  await answered;
  if (request.status === 201) return JSON.parse(request.responseText) as Attachment;
  throw await problemOf(new Response(request.responseText, { status: request.status }));
}
