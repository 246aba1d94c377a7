import { NativeSelect, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useApprovalNames } from './approval-names.ts';
import { AskedAssistant } from './asked-assistant.tsx';
import { errorUnder } from './error-under.ts';
import { HttpFields } from './http/http-fields.tsx';
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
  const approvals = useApprovalNames();
  const schemaErrors = [errorUnder(errors, 'input_schema'), errors['config']].filter(Boolean);
  return (
    <Stack gap="md">
      {isNew && (
        <SegmentedControl
          fullWidth
          aria-label={t`What it does`}
          value={draft.tool_type}
          data={[
            { value: 'sub_assistant', label: t`Asks an assistant` },
            { value: 'http', label: t`Calls an address` },
          ]}
          onChange={(value) => onChange({ tool_type: value === 'http' ? 'http' : 'sub_assistant' })}
        />
      )}
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
      {draft.tool_type === 'sub_assistant' && (
        <AskedAssistant
          value={draft.assistant_id}
          error={errors['assistant_id']}
          isNew={isNew}
          onChange={(assistant_id) => onChange({ assistant_id })}
        />
      )}
      {draft.tool_type === 'http' && (
        <HttpFields
          draft={draft.http}
          errors={errors}
          onChange={(change) => onChange({ http: { ...draft.http, ...change } })}
        />
      )}
      <NativeSelect
        label={t`A call of it`}
        value={draft.approval}
        data={Object.entries(approvals).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget }) => onChange({ approval: currentTarget.value as Approval })}
      />
      <Textarea
        label={t`Input schema`}
        description={
          draft.tool_type === 'http'
            ? t`JSON Schema of an object: what the model fills in. Each name in braces is one of its properties.`
            : t`JSON Schema of an object: with what the model calls it. Empty is fine.`
        }
        autosize
        minRows={3}
        maxRows={16}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        error={schemaErrors.length > 0 && schemaErrors.join('; ')}
        value={draft.schema}
        onChange={({ currentTarget }) => onChange({ schema: currentTarget.value })}
      />
    </Stack>
  );
}
