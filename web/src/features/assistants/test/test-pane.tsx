import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import FlaskConical from 'lucide-react/icons/flask-conical';
import { lazy, Suspense } from 'react';
import type { Assistant } from '../assistant.ts';
import type { AssistantForm } from '../use-assistant-form.ts';
import { useTestThread } from './use-test-thread.ts';
import classes from './test-pane.module.css';

const TestConversation = lazy(async () => ({
  default: (await import('./test-conversation.tsx')).TestConversation,
}));

interface TestPaneProps {
  assistant: Assistant;
  form: AssistantForm;
}

/** Where one tries an assistant as it is saved, in a thread that is deleted afterwards. */
export function TestPane({ assistant, form }: TestPaneProps) {
  const { thread, isStarting, start, end } = useTestThread(assistant.id);
  const { isChanged, isSaving, isWhole, save } = form;
  const saveAndStart = async () => {
    if (await save()) await start();
  };
  return (
    <Paper
      component="section"
      withBorder
      radius="md"
      className={classes['pane'] ?? ''}
      aria-labelledby="test-of-it"
    >
      <Group justify="space-between" p="sm" gap="xs">
        <Title order={2} size="h4" id="test-of-it">
          <Trans>Test</Trans>
        </Title>
        {thread && (
          <Group gap="xs">
            <Button size="compact-sm" variant="subtle" loading={isStarting} onClick={() => void start()}>
              <Trans>Anew</Trans>
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={end}>
              <Trans>End the test</Trans>
            </Button>
          </Group>
        )}
      </Group>
      {thread && isChanged && (
        <Group className={classes['stale'] ?? ''} gap="xs">
          <Text size="sm" flex={1}>
            <Trans>It answers as it was saved, not as you have changed it.</Trans>
          </Text>
          <Button
            size="compact-sm"
            loading={isSaving || isStarting}
            disabled={!isWhole}
            onClick={() => void saveAndStart()}
          >
            <Trans>Save and test</Trans>
          </Button>
        </Group>
      )}
      {thread ? (
        <Suspense fallback={<Skeleton flex={1} m="sm" />}>
          <TestConversation key={thread.id} thread={thread} />
        </Suspense>
      ) : (
        <div className={classes['intro']}>
          <FlaskConical size={28} aria-hidden />
          <Text size="sm" c="dimmed" maw="20rem">
            <Trans>
              Talk to it as it is saved. Its tools are real: what it does is done. What is said goes when the
              test ends.
            </Trans>
          </Text>
          {isChanged ? (
            <Button
              variant="light"
              loading={isSaving || isStarting}
              disabled={!isWhole}
              onClick={() => void saveAndStart()}
            >
              <Trans>Save and test</Trans>
            </Button>
          ) : (
            <Button variant="light" loading={isStarting} onClick={() => void start()}>
              <Trans>Start a test</Trans>
            </Button>
          )}
        </div>
      )}
    </Paper>
  );
}
