import { ActionIcon, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import Archive from 'lucide-react/icons/archive';
import ArchiveRestore from 'lucide-react/icons/archive-restore';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { archiveThread } from './change-thread.ts';
import { deleteThread, hideThread, unhideThread } from './leaving.ts';
import { RenameThread } from './rename-thread.tsx';
import type { Thread } from './thread.ts';
import { useThreadTitle } from './use-thread-title.ts';

interface ThreadMenuProps {
  thread: Thread;
  /** It is the one that is open: when it goes, the main one is opened. */
  isOpen: boolean;
}

/** What can be done with a thread that is not a main one. */
export function ThreadMenu({ thread, isOpen }: ThreadMenuProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const title = useThreadTitle()(thread);
  const [isRenaming, setRenaming] = useState(false);
  const isArchived = thread.archived_at !== null;

  const leave = async () => {
    if (isOpen) await navigate({ to: '/chat' });
  };
  const archive = async () => {
    try {
      await archiveThread(thread, !isArchived);
      if (isArchived) return;
      await leave();
      toastUndo({
        message: <Trans>The thread “{title}” is archived.</Trans>,
        undo: async () => await archiveThread(thread, false),
      });
    } catch (error) {
      toastFailure(error);
    }
  };
  const remove = () => {
    hideThread(thread.id);
    void leave();
    toastUndo({
      message: <Trans>The thread “{title}” is deleted.</Trans>,
      undo: () => unhideThread(thread.id),
      settle: () => void deleteThread(thread.id),
    });
  };

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t`More for ${title}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => setRenaming(true)}>
            <Trans>Rename</Trans>
          </Menu.Item>
          <Menu.Item
            leftSection={
              isArchived ? <ArchiveRestore size={16} aria-hidden /> : <Archive size={16} aria-hidden />
            }
            onClick={() => void archive()}
          >
            {isArchived ? <Trans>Put back</Trans> : <Trans>Archive</Trans>}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<Trash size={16} aria-hidden />} onClick={remove}>
            <Trans>Delete</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameThread
        key={String(isRenaming)}
        thread={thread}
        opened={isRenaming}
        onClose={() => setRenaming(false)}
      />
    </>
  );
}
