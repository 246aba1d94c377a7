import { Alert, Box, Button, Group, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import CircleAlert from 'lucide-react/icons/circle-alert';
import { useState } from 'react';
import { toastFailure } from '#web/ui/toast.tsx';
import { useChatActions } from './chat-actions.tsx';
import { FailureWords } from './failure-words.tsx';
import type { ChatMessage } from './message.ts';
import classes from './message.module.css';

/** How a reply ended that did not end well, or for what it waits. */
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
  if (message.status === 'awaiting_approval') {
    return (
      <Text size="sm" className={classes['quiet'] ?? ''}>
        <Trans>
          It waits for your decision above and then goes on. You can write more meanwhile; Stop ends it.
        </Trans>
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
        <Box flex="1 1 16rem">
          <FailureWords error={message.error} />
        </Box>
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
