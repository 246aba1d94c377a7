import { Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { toolLinksQuery, type Assistant } from '../assistant.ts';
import { AddTool } from './add-tool.tsx';
import { ToolLinkRow } from './tool-link-row.tsx';

/** What the assistant may use, and on what terms. */
export function ToolLinks({ assistant }: { assistant: Assistant }) {
  const { t } = useLingui();
  const links = useInfiniteQuery(toolLinksQuery(assistant.id));
  const isShared = assistant.user_id === null;
  if (links.error && !links.data) {
    return <Failure error={links.error} retry={() => void links.refetch()} />;
  }
  if (!links.data) return <ListSkeleton rows={3} height={64} />;
  return (
    <Stack gap="md" mt="xs">
      {links.data.length === 0 ? (
        <Text c="dimmed">
          <Trans>It has no tools: it can talk, and nothing else.</Trans>
        </Text>
      ) : (
        <Rows label={t`Tools`}>
          {links.data.map((link) => (
            <ToolLinkRow key={link.id} link={link} isReadOnly={isShared} />
          ))}
        </Rows>
      )}
      {!isShared && <AddTool assistant={assistant} links={links.data} />}
    </Stack>
  );
}
