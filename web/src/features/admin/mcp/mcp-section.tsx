import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import Plug from 'lucide-react/icons/plug';
import { lazy, Suspense, useState } from 'react';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { SectionHead } from '../section-head.tsx';
import { mcpServersQuery } from './mcp-server.ts';
import { ServerRow } from './server-row.tsx';

const AttachServer = lazy(async () => ({ default: (await import('./attach-server.tsx')).AttachServer }));

/** Servers whose tools assistants may be given. */
export function McpSection() {
  const { t } = useLingui();
  const [isAttaching, setAttaching] = useState(false);
  const list = useInfiniteQuery({ ...mcpServersQuery, refetchOnMount: 'always' });
  const attach = (
    <Button leftSection={<Plug size={16} aria-hidden />} onClick={() => setAttaching(true)}>
      <Trans>Attach</Trans>
    </Button>
  );
  const isEmpty = list.data?.length === 0;
  return (
    <section aria-label={t`MCP servers`}>
      <SectionHead title={t`MCP servers`} action={!isEmpty && attach} />
      {isEmpty ? (
        <EmptyState
          icon={<Plug size={28} aria-hidden />}
          title={t`No MCP server is attached`}
          action={attach}
        >
          <Trans>
            Its tools are then there for everybody to give to their assistants, who ask before they use them.
          </Trans>
        </EmptyState>
      ) : list.data ? (
        <>
          <Rows label={t`MCP servers`}>
            {list.data.map((server) => (
              <ServerRow key={server.id} server={server} />
            ))}
          </Rows>
          <LoadMore query={list} />
        </>
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : (
        <ListSkeleton rows={3} height={68} />
      )}
      {isAttaching && (
        <Suspense fallback={null}>
          <AttachServer onClose={() => setAttaching(false)} />
        </Suspense>
      )}
    </section>
  );
}
