import { Button, Code, Paper, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { accept, refreshMcpServers, type McpServerTool } from './mcp-server.ts';

interface ToolChangeProps {
  serverId: string;
  tool: McpServerTool;
  pending: NonNullable<McpServerTool['pending']>;
}

/** What was accepted beside what the server says now. */
export function ToolChange({ serverId, tool, pending }: ToolChangeProps) {
  const { t } = useLingui();
  const { name } = tool;
  const take = useMutation({
    mutationFn: async () => await accept(serverId, tool.id, pending.digest),
    onSuccess: () => toast(<Trans>{name} is accepted as it is now</Trans>),
    onError: toastFailure,
    onSettled: refreshMcpServers,
  });
  return (
    <Paper withBorder mt="sm" p="sm">
      <Stack gap="xs">
        <Text fw={500}>{t`The server says something else now`}</Text>
        <Text size="sm">
          <Trans>Assistants see what was accepted, and every call is asked for.</Trans>
        </Text>
        <Version title={t`Accepted`} said={tool} />
        <Version title={t`Now`} said={pending} />
        <Button
          size="xs"
          variant="default"
          loading={take.isPending}
          aria-label={t`Accept the change: ${name}`}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => take.mutate()}
        >
          <Trans>Accept the change</Trans>
        </Button>
      </Stack>
    </Paper>
  );
}

interface VersionProps {
  title: string;
  said: Pick<McpServerTool, 'description' | 'input_schema' | 'annotations'>;
}

function Version({ title, said: { description, input_schema, annotations } }: VersionProps) {
  const { t } = useLingui();
  return (
    <div>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {description}
      </Text>
      <details>
        <summary>
          <Text size="sm" span>
            {t`Fields and hints`}
          </Text>
        </summary>
        <Code block tabIndex={0} aria-label={`${title}: ${t`Fields and hints`}`}>
          {JSON.stringify({ input_schema, annotations }, null, 2)}
        </Code>
      </details>
    </div>
  );
}
