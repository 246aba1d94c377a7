import { Group, NativeSelect } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useApprovalNames } from '#web/features/tools/approval-names.ts';
import { toolsQuery } from '#web/features/tools/tool.ts';
import { changeLink } from '../actions.tsx';
import { assistantsQuery, type ToolLink } from '../assistant.ts';

interface ToolTermsFieldsProps {
  link: ToolLink;
  name: string;
  isReadOnly: boolean;
}

/** Whether it is asked before a call; and whom a sub-assistant tool asks. */
export function ToolTermsFields({ link, name, isReadOnly }: ToolTermsFieldsProps) {
  const { t } = useLingui();
  const approvals = useApprovalNames();
  const { data: tools = [] } = useInfiniteQuery(toolsQuery);
  const { data: assistants = [] } = useInfiniteQuery(assistantsQuery);
  const tool = tools.find(({ id }) => id === link.tool_id);
  const own = approvals[tool?.approval ?? link.effective_approval];
  const asked = assistants.find(({ id }) => id === tool?.assistant_id)?.name;
  return (
    <Group gap="sm" mt={4}>
      <NativeSelect
        size="xs"
        aria-label={t`Before a call of ${name}`}
        disabled={isReadOnly}
        value={link.approval ?? ''}
        data={[
          { value: '', label: t`As the tool has it (${own})` },
          ...Object.entries(approvals).map(([value, label]) => ({ value, label })),
        ]}
        onChange={({ currentTarget }) =>
          void changeLink(link, { approval: (currentTarget.value || null) as ToolLink['approval'] })
        }
      />
      {link.tool_type === 'sub_assistant' && (
        <NativeSelect
          size="xs"
          aria-label={t`Whom ${name} asks`}
          disabled={isReadOnly}
          value={link.sub_assistant_id ?? ''}
          data={[
            {
              value: '',
              label: asked === undefined ? t`The tool’s assistant` : t`Asks ${asked}, as the tool has it`,
            },
            ...assistants
              .filter(({ id }) => id !== link.assistant_id)
              .map((one) => ({ value: one.id, label: t`Asks ${one.name}` })),
          ]}
          onChange={({ currentTarget }) =>
            void changeLink(link, { sub_assistant_id: currentTarget.value || null })
          }
        />
      )}
    </Group>
  );
}
