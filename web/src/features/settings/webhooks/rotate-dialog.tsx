import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { toastFailure } from '#web/ui/toast.tsx';
import { useReturnFocus } from '../use-return-focus.ts';
import { useSingleMutation } from '../use-single-mutation.ts';
import { SecretView } from './secret-view.tsx';
import { webhooksApi, type Webhook } from './webhooks-api.ts';

/** Gives a webhook another secret, once it was said what that means. */
export function RotateDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useLingui();
  useReturnFocus();
  const [secret, setSecret] = useState<string>();
  const isFree = secret === undefined;
  const rotate = useSingleMutation({
    mutationFn: async () => await webhooksApi.rotate(webhook.id),
    gcTime: 0,
    onSuccess: (made) => setSecret(made.secret),
    onError: toastFailure,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`A new secret`}
      closeOnClickOutside={false}
      closeOnEscape={isFree}
      withCloseButton={isFree}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {isFree ? (
        <Stack gap="md">
          <Text size="sm">
            <Trans>
              Messages are signed with both for a day, so that the receiver can change over without missing
              any.
            </Trans>
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              <Trans>Cancel</Trans>
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
              <Trans>Make a new secret</Trans>
            </Button>
          </Group>
        </Stack>
      ) : (
        <SecretView secret={secret} isNext onClose={onClose} />
      )}
    </Modal>
  );
}
