import { useLingui } from '@lingui/react/macro';
import type { DraftFile } from './draft-file.ts';
import { DraftFileChip } from './draft-file-chip.tsx';
import { removeFile, uploadAgain } from './draft-files.ts';
import classes from './draft-files.module.css';

/** The files that will go with the message that is written. */
export function DraftFileList({ threadId, files }: { threadId: string; files: readonly DraftFile[] }) {
  const { t } = useLingui();
  if (files.length === 0) return null;
  return (
    <ul className={classes['list']} aria-label={t`Files to send`}>
      {files.map((file) => (
        <DraftFileChip
          key={file.key}
          file={file}
          onRemove={() => removeFile(threadId, file.key)}
          onAgain={() => uploadAgain(threadId, file.key)}
        />
      ))}
    </ul>
  );
}
