import { useSyncExternalStore } from 'react';
import { api } from '#web/lib/api.ts';
import { newId } from '#web/lib/new-id.ts';
import { Problem, Unreachable } from '#web/lib/problem.ts';
import { storage } from '#web/lib/storage.ts';
import { keptFiles, keptText, partOf, type DraftFile } from './draft-file.ts';
import { upload } from './upload.ts';

const drafts = new Map<string, readonly DraftFile[]>();
const listeners = new Set<() => void>();
/** By key, what was chosen: kept to be uploaded again. */
const chosen = new Map<string, { file: File; leaving: AbortController }>();

const keyOf = (threadId: string) => `draft-files.${threadId}`;

function filesOf(threadId: string): readonly DraftFile[] {
  let files = drafts.get(threadId);
  if (!files) {
    files = keptFiles(storage.get(keyOf(threadId)));
    drafts.set(threadId, files);
  }
  return files;
}

function put(threadId: string, files: readonly DraftFile[]): void {
  drafts.set(threadId, files);
  const kept = keptText(files);
  if (kept === null) storage.remove(keyOf(threadId));
  else storage.set(keyOf(threadId), kept);
  for (const tell of listeners) tell();
}

function change(threadId: string, key: string, state: DraftFile['state']): void {
  put(
    threadId,
    filesOf(threadId).map((file) => (file.key === key ? { ...file, state } : file)),
  );
}

async function attempt(threadId: string, key: string): Promise<void> {
  const choice = chosen.get(key);
  if (!choice) return;
  const { file, leaving } = choice;
  change(threadId, key, { is: 'uploading', share: 0 });
  try {
    const onProgress = (share: number) => change(threadId, key, { is: 'uploading', share });
    const made = await upload(file, { onProgress, signal: leaving.signal });
    chosen.delete(key);
    change(threadId, key, { is: 'ready', file: partOf(made), at: made.created_at });
  } catch (error) {
    const why = error instanceof Unreachable || !(error instanceof Error) ? null : error.message;
    // What was refused for what it is will be refused again.
    if (error instanceof Problem && error.status < 429) chosen.delete(key);
    change(threadId, key, { is: 'failed', why });
  }
}

/** Adds files to what is being written and uploads them; those of `refused` say at once why not. */
export function addFiles(
  threadId: string,
  files: readonly File[],
  refused: (file: File) => string | undefined,
): void {
  for (const file of files) {
    const key = newId();
    const why = refused(file);
    const state = why === undefined ? { is: 'uploading' as const, share: 0 } : { is: 'failed' as const, why };
    put(threadId, [...filesOf(threadId), { key, name: file.name, size: file.size, state }]);
    if (why !== undefined) continue;
    chosen.set(key, { file, leaving: new AbortController() });
    void attempt(threadId, key);
  }
}

/** Whether a failed upload can be tried again. */
export function isKept(key: string): boolean {
  return chosen.has(key);
}

export function uploadAgain(threadId: string, key: string): void {
  void attempt(threadId, key);
}

export function removeFile(threadId: string, key: string): void {
  const file = filesOf(threadId).find((one) => one.key === key);
  put(
    threadId,
    filesOf(threadId).filter((one) => one !== file),
  );
  chosen.get(key)?.leaving.abort(new Error('removed'));
  chosen.delete(key);
  // One that stays is deleted by the server in time.
  if (file?.state.is === 'ready')
    void api.delete(`/api/attachments/${file.state.file.attachment_id}`).catch(() => {});
}

/** What was beside the message is sent with it. */
export function clearFiles(threadId: string): void {
  put(threadId, []);
}

export function useDraftFiles(threadId: string): readonly DraftFile[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => filesOf(threadId),
  );
}
