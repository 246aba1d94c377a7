import { Button, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import Plus from 'lucide-react/icons/plus';
import { useToolName } from '#web/features/tools/tool-words.ts';
import { toolsQuery } from '#web/features/tools/tool.ts';
import { addLink } from '../actions.tsx';
import type { Assistant, ToolLink } from '../assistant.ts';

/** Offers the tools that the assistant does not have yet. */
export function AddTool({ assistant, links }: { assistant: Assistant; links: readonly ToolLink[] }) {
  const { t } = useLingui();
  const nameOf = useToolName();
  const { data: tools = [] } = useInfiniteQuery(toolsQuery);
  const others = tools.filter(
    ({ id, assistant_id }) => links.every(({ tool_id }) => tool_id !== id) && assistant_id !== assistant.id,
  );
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button variant="default" leftSection={<Plus size={16} aria-hidden />} w="fit-content">
          <Trans>Add a tool</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {others.length === 0 && <Menu.Label>{t`It has all there are`}</Menu.Label>}
        {others.map((tool) => (
          <Menu.Item key={tool.id} onClick={() => void addLink(assistant.id, tool)}>
            {nameOf(tool)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/tools">
          <Trans>Make a tool of my own</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
