import type { ChatFile } from '../messages/message.ts';
import type { Attachment } from './upload.ts';

/** Files of one message, and the most one may have: the server takes no more. */
export const MAX_FILES = 10;
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** How long after its upload a file can be sent, in ms: the server keeps it for a day. */
const SENDABLE_MS = 23 * 3_600_000;

/** A file beside a message that is being written. */
export interface DraftFile {
  key: string;
  name: string;
  size: number;
  state:
    | { is: 'uploading'; share: number }
    | { is: 'failed'; why: string | null }
    | { is: 'ready'; file: ChatFile; at: string };
}

/** An uploaded file as the part of a message it will be. */
export function partOf({ id, name, media_type, size_bytes, url }: Attachment): ChatFile {
  return { type: 'file', attachment_id: id, filename: name, mediaType: media_type, size_bytes, url };
}

/** Those that are uploaded, in their order. */
export function readyFiles(files: readonly DraftFile[]): ChatFile[] {
  return files.flatMap(({ state }) => (state.is === 'ready' ? [state.file] : []));
}

/** What is kept of them where the page is left: uploads that were not over are lost. */
export function keptText(files: readonly DraftFile[]): string | null {
  const ready = files.filter(({ state }) => state.is === 'ready');
  return ready.length === 0 ? null : JSON.stringify(ready);
}

/** What was kept and can still be sent; what is broken is nothing. */
export function keptFiles(kept: string | null, now = Date.now()): readonly DraftFile[] {
  try {
    const files: unknown = JSON.parse(kept ?? '[]');
    if (!Array.isArray(files)) return [];
    return (files as DraftFile[]).filter(
      ({ state }) => state.is === 'ready' && Date.parse(state.at) > now - SENDABLE_MS,
    );
  } catch {
    return [];
  }
}
