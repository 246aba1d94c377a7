import { NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { assistantsQuery } from '#web/features/assistants/assistant.ts';
import { useMe } from '#web/features/users/me.ts';
import { useApprovalNames } from './approval-names.ts';
import type { ToolDraft } from './tool-draft.ts';
import type { Approval } from './tool.ts';

interface ToolFieldsProps {
  draft: ToolDraft;
  errors: Record<string, string>;
  isNew: boolean;
  onChange: (change: Partial<ToolDraft>) => void;
}

export function ToolFields({ draft, errors, isNew, onChange }: ToolFieldsProps) {
  const { t } = useLingui();
  const me = useMe();
  const approvals = useApprovalNames();
  const { data: assistants = [] } = useInfiniteQuery(assistantsQuery);
  const own = assistants.filter(({ user_id }) => user_id === me.id);
  // Wherever in the schema it is: the place is named.
  const schemaErrors = Object.entries(errors)
    .filter(([path]) => path === 'input_schema' || path.startsWith('input_schema.'))
    .map(([path, message]) => (path === 'input_schema' ? message : `${path.slice(13)}: ${message}`));
  return (
    <Stack gap="md">
      <TextInput
        label={t`Name`}
        description={t`For the model: letters, digits, _ and -. For example: ask_cook`}
        maxLength={64}
        spellCheck={false}
        autoCapitalize="none"
        error={errors['name']}
        value={draft.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <Textarea
        label={t`What it is for`}
        description={t`For the model: when to use it. Every word of it counts in every answer.`}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1_000}
        error={errors['description']}
        value={draft.description}
        onChange={({ currentTarget }) => onChange({ description: currentTarget.value })}
      />
      <NativeSelect
        label={t`Whom it asks`}
        description={isNew ? t`It can’t be changed later.` : t`It was chosen when the tool was made.`}
        disabled={!isNew}
        error={errors['assistant_id']}
        value={draft.assistant_id}
        data={[
          { value: '', label: t`Choose an assistant` },
          ...own.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget }) => onChange({ assistant_id: currentTarget.value })}
      />
      <NativeSelect
        label={t`A call of it`}
        value={draft.approval}
        data={Object.entries(approvals).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget }) => onChange({ approval: currentTarget.value as Approval })}
      />
      <Textarea
        label={t`Input schema`}
        description={t`JSON Schema of an object: with what the model calls it. Empty is fine.`}
        autosize
        minRows={3}
        maxRows={16}
        spellCheck={false}
        ff="monospace"
        error={schemaErrors.length > 0 && schemaErrors.join('; ')}
        value={draft.schema}
        onChange={({ currentTarget }) => onChange({ schema: currentTarget.value })}
      />
    </Stack>
  );
}
