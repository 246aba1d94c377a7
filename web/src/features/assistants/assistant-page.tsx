import { Anchor, Box, Button, Group, Skeleton, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import { lazy, Suspense } from 'react';
import { Problem } from '#web/lib/problem.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { Page } from '#web/ui/page.tsx';
import { assistantQuery, type Assistant } from './assistant.ts';
import { AssistantMenu } from './assistant-menu.tsx';
import { AssistantBadges } from './assistant-row.tsx';
import { EditAssistant } from './edit-assistant.tsx';
import { TalkButton } from './talk-button.tsx';
import { TestPane } from './test/test-pane.tsx';
import { useAssistantForm } from './use-assistant-form.ts';
import classes from './assistant-page.module.css';

const ToolLinks = lazy(async () => ({ default: (await import('./links/tool-links.tsx')).ToolLinks }));

/** One assistant: what it is told, what it may use, and how it answers then. */
export function AssistantPage() {
  const { t } = useLingui();
  const { assistantId } = useParams({ from: '/signed-in/assistants/$assistantId' });
  const { data, error, refetch } = useQuery(assistantQuery(assistantId));
  if (data) return <Shown key={data.id} assistant={data} />;
  const isGone = error instanceof Problem && error.status === 404;
  return (
    <Page title={t`Assistant`}>
      {isGone && (
        <EmptyState
          title={t`There is no such assistant`}
          action={
            <Button component={Link} to="/assistants" variant="light">
              <Trans>All assistants</Trans>
            </Button>
          }
        />
      )}
      {error && !isGone && <Failure error={error} retry={() => void refetch()} />}
      {!error && (
        <>
          <Skeleton height={24} width={120} mb="lg" />
          <ListSkeleton rows={3} height={120} />
        </>
      )}
    </Page>
  );
}

function Shown({ assistant }: { assistant: Assistant }) {
  const isShared = assistant.user_id === null;
  const form = useAssistantForm(assistant);
  return (
    <Page
      title={assistant.name}
      wide
      actions={
        <>
          {assistant.is_active && <TalkButton assistant={assistant} />}
          {!isShared && <AssistantMenu assistant={assistant} />}
        </>
      }
    >
      <Group gap="sm" mb="lg">
        <Anchor component={Link} to="/assistants" size="sm">
          <ArrowLeft size={14} aria-hidden /> <Trans>All assistants</Trans>
        </Anchor>
        <AssistantBadges assistant={assistant} />
      </Group>
      {isShared && (
        <Text c="dimmed" mb="md">
          <Trans>It is shared by everybody here: you can talk to it, but not change it.</Trans>
        </Text>
      )}
      <div className={classes['columns']}>
        <div>
          <EditAssistant form={form} isReadOnly={isShared} />
          <Box component="section" mt="xl" aria-labelledby="tools-of-it">
            <Title order={2} size="h4" id="tools-of-it">
              <Trans>Tools</Trans>
            </Title>
            <Suspense fallback={<ListSkeleton rows={3} height={64} />}>
              <ToolLinks assistant={assistant} />
            </Suspense>
          </Box>
        </div>
        {assistant.is_active && <TestPane assistant={assistant} form={form} />}
      </div>
    </Page>
  );
}
