import { Button, Group, Modal, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';

interface ConfirmProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** What the button says, as a verb: "Delete". */
  action: string;
  loading?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before what can't be undone. */
export function Confirm({ opened, title, children, action, loading, onConfirm, onClose }: ConfirmProps) {
  const { t } = useLingui();
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened={opened}
      onClose={onClose}
      title={title}
      centered
    >
      <Text size="sm">{children}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          <Trans>Cancel</Trans>
        </Button>
        <Button color="red.9" onClick={onConfirm} loading={loading ?? false}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
