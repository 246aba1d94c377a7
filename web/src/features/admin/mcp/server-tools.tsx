import { Modal, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { serverToolsQuery, type McpServer } from './mcp-server.ts';
import { ServerToolRow } from './server-tool-row.tsx';

interface ServerToolsProps {
  server: McpServer;
  onClose: () => void;
}

/** What a server offers, on which terms, and what it says differently now. */
export function ServerTools({ server: { id, name }, onClose }: ServerToolsProps) {
  const { t } = useLingui();
  const list = useInfiniteQuery({ ...serverToolsQuery(id), refetchOnMount: 'always' });
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened
      size="lg"
      onClose={onClose}
      title={t`Tools of ${name}`}
    >
      {list.data?.length === 0 ? (
        <Text>
          <Trans>It offers none.</Trans>
        </Text>
      ) : list.data ? (
        <>
          <Rows label={t`Tools of ${name}`}>
            {list.data.map((tool) => (
              <ServerToolRow key={tool.id} serverId={id} tool={tool} />
            ))}
          </Rows>
          <LoadMore query={list} />
        </>
      ) : list.error ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : (
        <ListSkeleton rows={3} height={68} />
      )}
    </Modal>
  );
}
