import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import Plug from 'lucide-react/icons/plug';
import { lazy } from 'react';
import { ItemSection } from '../item-section.tsx';
import { mcpServersQuery } from './mcp-server.ts';
import { ServerRow } from './server-row.tsx';

const ServerForm = lazy(async () => ({ default: (await import('./server-form.tsx')).ServerForm }));

/** Servers whose tools assistants may be given. */
export function McpSection() {
  const { t } = useLingui();
  const list = useInfiniteQuery({ ...mcpServersQuery, refetchOnMount: 'always' });
  return (
    <ItemSection
      title={t`MCP servers`}
      icon={Plug}
      action={t`Attach`}
      noneTitle={t`No MCP server is attached`}
      noneWords={
        <Trans>
          Its tools are then there for everybody to give to their assistants, who ask before they use them.
        </Trans>
      }
      list={list}
      Form={ServerForm}
    >
      {list.data?.map((server) => (
        <ServerRow key={server.id} server={server} />
      ))}
    </ItemSection>
  );
}
