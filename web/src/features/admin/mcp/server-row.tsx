import { Badge, Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import { Row } from '#web/ui/rows.tsx';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { useNextFocus } from '#web/ui/use-next-focus.ts';
import type { McpServer } from './mcp-server.ts';
import { ServerMenu } from './server-menu.tsx';

const ServerForm = lazy(async () => ({ default: (await import('./server-form.tsx')).ServerForm }));
const ServerTools = lazy(async () => ({ default: (await import('./server-tools.tsx')).ServerTools }));

export function ServerRow({ server }: { server: McpServer }) {
  const { t } = useLingui();
  const [row, focusNext] = useNextFocus();
  const [open, setOpen] = useState<'tools' | 'form'>();
  const close = () => setOpen(undefined);
  const { name, status, error, url, command, args, tool_count, changed_count, refreshed_at } = server;
  const names = { connected: t`connected`, failing: t`failing`, disabled: t`switched off` };
  return (
    <Row
      ref={row}
      title={<Text fw={500}>{name}</Text>}
      facts={
        <>
          <Badge size="sm" variant="default">
            {names[status]}
          </Badge>
          {changed_count > 0 && (
            <Badge size="sm" variant="default">
              <Plural value={changed_count} one="# changed tool" other="# changed tools" />
            </Badge>
          )}
          <span>
            <Plural value={tool_count} one="# tool" other="# tools" />
          </span>
          {refreshed_at !== null && (
            <span>
              <Trans>
                read <RelativeTime instant={refreshed_at} />
              </Trans>
            </span>
          )}
        </>
      }
      actions={
        <ServerMenu
          server={server}
          onTools={() => setOpen('tools')}
          onEdit={() => setOpen('form')}
          onLeave={focusNext}
        />
      }
    >
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {url ?? [command, ...args].join(' ')}
      </Text>
      {error !== null && status === 'failing' && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {error}
        </Text>
      )}
      <Suspense fallback={null}>
        {open === 'tools' && <ServerTools server={server} onClose={close} />}
        {open === 'form' && <ServerForm server={server} onClose={close} />}
      </Suspense>
    </Row>
  );
}
