import { Button, Group, Modal, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SyntheticEvent } from 'react';
import { toastFailure } from '#web/ui/toast.tsx';
import { renameThread } from './change-thread.ts';
import type { Thread } from './thread.ts';

const MAX_LENGTH = 200;

interface RenameThreadProps {
  thread: Thread;
  opened: boolean;
  onClose: () => void;
}

export function RenameThread({ thread, opened, onClose }: RenameThreadProps) {
  const { t } = useLingui();
  const [title, setTitle] = useState(thread.title ?? '');
  const isEmpty = title.trim() === '';

  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isEmpty) return;
    onClose();
    void renameThread(thread, title.trim()).catch(toastFailure);
  };

  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened={opened}
      onClose={onClose}
      title={t`Rename the thread`}
      centered
    >
      <form onSubmit={save}>
        <TextInput
          label={t`Title`}
          value={title}
          maxLength={MAX_LENGTH}
          data-autofocus
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" disabled={isEmpty}>
            <Trans>Rename</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
