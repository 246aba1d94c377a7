import { Badge, Group, NativeSelect, Switch, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useApprovalNames } from '#web/features/tools/approval-names.ts';
import { Row } from '#web/ui/rows.tsx';
import { toastFailure } from '#web/ui/toast.tsx';
import { changeTool, refreshMcpServers, type McpServerTool } from './mcp-server.ts';
import { ToolChange } from './tool-change.tsx';

interface ServerToolRowProps {
  serverId: string;
  tool: McpServerTool;
}

export function ServerToolRow({ serverId, tool }: ServerToolRowProps) {
  const { t } = useLingui();
  const approvals = useApprovalNames();
  const set = useMutation({
    mutationFn: async (body: object) => await changeTool(serverId, tool.id, body),
    onError: toastFailure,
    onSettled: refreshMcpServers,
  });
  const { name, description, annotations, approval, is_enabled, is_trusted, is_gone, problem, pending } =
    tool;
  return (
    <Row
      title={
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
      }
      facts={
        <>
          {pending && (
            <Badge size="sm" variant="default">
              <Trans>changed</Trans>
            </Badge>
          )}
          {is_gone && (
            <Badge size="sm" variant="default">
              <Trans>not offered any more</Trans>
            </Badge>
          )}
          {annotations.read_only && (
            <span>
              <Trans>says that it only reads</Trans>
            </span>
          )}
        </>
      }
    >
      <Text size="sm">{description}</Text>
      {problem !== null && <Text size="sm">{problem}</Text>}
      <Group mt="xs" gap="md">
        <Switch
          label={t`On`}
          aria-label={t`On: ${name}`}
          checked={is_enabled}
          disabled={set.isPending}
          onChange={({ currentTarget }) => set.mutate({ is_enabled: currentTarget.checked })}
        />
        <NativeSelect
          aria-label={t`A call: ${name}`}
          value={approval}
          disabled={set.isPending}
          data={(['auto', 'ask', 'deny'] as const).map((value) => ({ value, label: approvals[value] }))}
          onChange={({ currentTarget }) => set.mutate({ approval: currentTarget.value })}
        />
        {annotations.idempotent && (
          <Switch
            label={t`May be repeated after a crash`}
            aria-label={t`May be repeated after a crash: ${name}`}
            checked={is_trusted}
            disabled={set.isPending}
            onChange={({ currentTarget }) => set.mutate({ is_trusted: currentTarget.checked })}
          />
        )}
      </Group>
      {pending && <ToolChange serverId={serverId} tool={tool} pending={pending} />}
    </Row>
  );
}
