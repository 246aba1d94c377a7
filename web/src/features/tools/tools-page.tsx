import { Button, Stack, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import { lazy, Suspense, useState } from 'react';
import { useLeaving } from '#web/lib/leaving.ts';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { Page } from '#web/ui/page.tsx';
import { byServer } from './by-server.ts';
import { GivenTools } from './given-tools.tsx';
import { OwnTools } from './own-tools.tsx';
import type { ToolDraft } from './tool-draft.ts';
import { toolsQuery } from './tool.ts';

const ToolForm = lazy(async () => ({ default: (await import('./tool-form.tsx')).ToolForm }));

/** What assistants may use: what is built in, and the user's own. */
export function ToolsPage() {
  const { t } = useLingui();
  const [making, setMaking] = useState<Partial<ToolDraft>>();
  const leaving = useLeaving();
  const list = useInfiniteQuery(toolsQuery);
  const tools = list.data?.filter(({ id }) => !leaving.has(id));
  const given = byServer(tools?.filter(({ user_id }) => user_id === null) ?? []);
  return (
    <Page
      title={t`Tools`}
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking({})}>
          <Trans>New</Trans>
        </Button>
      }
    >
      <Text c="dimmed" mb="lg">
        <Trans>
          What assistants may use. Which of them uses which, and on what terms, is said on its page.
        </Trans>
      </Text>
      {list.error && !tools && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <ListSkeleton height={68} />}
      {tools && (
        <Stack gap="xl">
          <section aria-labelledby="own-tools">
            <Title order={2} size="h4" mb="xs" id="own-tools">
              <Trans>My own</Trans>
            </Title>
            <OwnTools tools={tools.filter(({ user_id }) => user_id !== null)} onExample={setMaking} />
          </section>
          {given.servers.map(({ id, name = t`Tool server`, tools: offered }) => (
            <section key={id} aria-labelledby={`tools-${id}`}>
              <Title order={2} size="h4" mb="xs" id={`tools-${id}`}>
                <Trans>Of the MCP server {name}</Trans>
              </Title>
              <GivenTools label={t`Of the MCP server ${name}`} tools={offered} />
            </section>
          ))}
          <section aria-labelledby="built-in-tools">
            <Title order={2} size="h4" mb="xs" id="built-in-tools">
              <Trans>Built in</Trans>
            </Title>
            <GivenTools label={t`Built in`} tools={given.builtIn} />
          </section>
        </Stack>
      )}
      {making && (
        <Suspense fallback={null}>
          <ToolForm example={making} onClose={() => setMaking(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}
