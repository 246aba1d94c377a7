import { useLingui } from '@lingui/react/macro';
import { MAX_FILE_BYTES, MAX_FILES } from './draft-file.ts';
import { addFiles, useDraftFiles } from './draft-files.ts';

/** The files beside the message that is written in a thread, and how more are added. */
export function useAttaching(threadId: string) {
  const { t } = useLingui();
  const files = useDraftFiles(threadId);
  const add = (added: readonly File[]) => {
    let room = MAX_FILES - files.length;
    addFiles(threadId, added, ({ size }) => {
      if (room-- <= 0) return t`A message takes ${MAX_FILES} files at most`;
      if (size > MAX_FILE_BYTES) return t`It is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB`;
      return size === 0 ? t`It is empty` : undefined;
    });
  };
  return { files, add };
}
