import { ActionIcon, Group, Switch, Text, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import X from 'lucide-react/icons/x';
import { ChangedMark } from '#web/features/tools/changed-mark.tsx';
import { hasChanged } from '#web/features/tools/has-changed.ts';
import { useToolName } from '#web/features/tools/tool-words.ts';
import { toolsQuery } from '#web/features/tools/tool.ts';
import { Row } from '#web/ui/rows.tsx';
import { useNextFocus } from '#web/ui/use-next-focus.ts';
import { changeLink, removeLink } from '../actions.tsx';
import type { ToolLink } from '../assistant.ts';
import { ToolTermsFields } from './tool-terms-fields.tsx';

interface ToolLinkRowProps {
  link: ToolLink;
  isReadOnly: boolean;
}

export function ToolLinkRow({ link, isReadOnly }: ToolLinkRowProps) {
  const { t } = useLingui();
  const [row, focusNext] = useNextFocus();
  const name = useToolName()(link);
  const { data: tools = [] } = useInfiniteQuery(toolsQuery);
  const tool = tools.find(({ id }) => id === link.tool_id);
  return (
    <Row
      ref={row}
      title={<Text fw={500}>{name}</Text>}
      actions={
        <Group gap="xs" wrap="nowrap">
          <Switch
            checked={link.is_active}
            disabled={isReadOnly}
            aria-label={t`Use ${name}`}
            onChange={({ currentTarget }) => void changeLink(link, { is_active: currentTarget.checked })}
          />
          {!isReadOnly && (
            <Tooltip label={t`Take away`}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t`Take away: ${name}`}
                onClick={() => {
                  focusNext();
                  void removeLink(link);
                }}
              >
                <X size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      }
    >
      {tool && hasChanged(tool) && <ChangedMark />}
      {link.is_active && <ToolTermsFields link={link} name={name} isReadOnly={isReadOnly} />}
    </Row>
  );
}
