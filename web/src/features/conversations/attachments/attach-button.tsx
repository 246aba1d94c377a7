import { ActionIcon, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import Paperclip from 'lucide-react/icons/paperclip';
import { useRef } from 'react';

/** What the dialog of the system offers first; the server decides by the bytes. */
const OFFERED = 'image/png,image/jpeg,image/gif,image/webp,application/pdf,text/*,.md,.csv,.json';

export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={OFFERED}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // So that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
      <Tooltip label={t`Attach files`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={42}
          radius="xl"
          aria-label={t`Attach files`}
          onClick={() => input.current?.click()}
        >
          <Paperclip size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
