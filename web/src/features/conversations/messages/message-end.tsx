import { Alert, Button, Group, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import CircleAlert from 'lucide-react/icons/circle-alert';
import { useState } from 'react';
import { toastFailure } from '#web/ui/toast.tsx';
import { useChatActions } from './chat-actions.tsx';
import type { ChatMessage } from './message.ts';
import classes from './message.module.css';

/** How a reply ended that did not end well. */
export function MessageEnd({ message, canRetry }: { message: ChatMessage; canRetry: boolean }) {
  const { regenerate, isBusy } = useChatActions();
  const [isAsked, setAsked] = useState(false);
  if (message.role !== 'assistant') return null;
  if (message.status === 'stopped') {
    return (
      <Text size="sm" className={classes['quiet'] ?? ''}>
        <Trans>Stopped</Trans>
      </Text>
    );
  }
  if (message.status !== 'failed') return null;

  const again = async () => {
    setAsked(true);
    try {
      await regenerate();
    } catch (error) {
      toastFailure(error);
    } finally {
      setAsked(false);
    }
  };
  return (
    <Alert
      color="red"
      variant="light"
      icon={<CircleAlert size={18} aria-hidden />}
      className={classes['failed'] ?? ''}
      py="xs"
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex="1 1 16rem">
          {message.error ?? <Trans>The reply failed.</Trans>}
        </Text>
        {canRetry && (
          <Button
            size="xs"
            variant="default"
            disabled={isBusy}
            loading={isAsked}
            onClick={() => void again()}
          >
            <Trans>Try again</Trans>
          </Button>
        )}
      </Group>
    </Alert>
  );
}
