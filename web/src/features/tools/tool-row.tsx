import { ActionIcon, Badge, Menu, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Pause from 'lucide-react/icons/pause';
import Pencil from 'lucide-react/icons/pencil';
import Play from 'lucide-react/icons/play';
import Trash from 'lucide-react/icons/trash-2';
import { lazy, Suspense, useState } from 'react';
import { assistantsQuery } from '#web/features/assistants/assistant.ts';
import { Row } from '#web/ui/rows.tsx';
import { useNextFocus } from '#web/ui/use-next-focus.ts';
import { remove, toggleActive } from './actions.tsx';
import { useApprovalNames } from './approval-names.ts';
import { targetOf } from './http/target-of.ts';
import type { Tool } from './tool.ts';

const ToolForm = lazy(async () => ({ default: (await import('./tool-form.tsx')).ToolForm }));

/** A tool of the user's own. */
export function ToolRow({ tool }: { tool: Tool }) {
  const { t } = useLingui();
  const [row, focusNext] = useNextFocus();
  const approvals = useApprovalNames();
  const [isEditing, setEditing] = useState(false);
  const { data: assistants = [] } = useInfiniteQuery(assistantsQuery);
  const { name, description, is_active, approval } = tool;
  const asked = assistants.find(({ id }) => id === tool.assistant_id)?.name;
  return (
    <Row
      ref={row}
      title={<Text fw={500}>{name}</Text>}
      facts={
        <>
          {!is_active && (
            <Badge size="sm" variant="default">
              <Trans>Off</Trans>
            </Badge>
          )}
          {asked !== undefined && (
            <span>
              <Trans>asks {asked}</Trans>
            </span>
          )}
          {tool.tool_type === 'http' && <span>{targetOf(tool.config) ?? <Trans>not set up yet</Trans>}</span>}
          <span>{approvals[approval]}</span>
        </>
      }
      actions={
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`More: ${name}`}>
              <Ellipsis size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={() => setEditing(true)}>
              <Trans>Edit</Trans>
            </Menu.Item>
            <Menu.Item
              leftSection={is_active ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
              onClick={() => void toggleActive(tool)}
            >
              {is_active ? <Trans>Switch off</Trans> : <Trans>Switch on</Trans>}
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<Trash size={16} aria-hidden />}
              onClick={() => {
                focusNext();
                void remove(tool);
              }}
            >
              <Trans>Delete</Trans>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Text size="sm">{description}</Text>
      {isEditing && (
        <Suspense fallback={null}>
          <ToolForm tool={tool} example={{}} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Row>
  );
}
