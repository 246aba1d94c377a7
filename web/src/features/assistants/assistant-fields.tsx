import { Stack, Textarea, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import type { AssistantDraft } from './assistant-draft.ts';
import { ModelInput } from '#web/features/models/model-input.tsx';
import { modelsQuery, offered } from '#web/features/models/models-query.ts';
import { MoreFields } from './more-fields.tsx';

interface AssistantFieldsProps {
  draft: AssistantDraft;
  errors: Record<string, string>;
  isReadOnly?: boolean;
  first?: Ref<HTMLInputElement>;
  onChange: (change: Partial<AssistantDraft>) => void;
}

/** What an assistant is called, what it is told, and what answers for it. */
export function AssistantFields({
  draft,
  errors,
  isReadOnly = false,
  first,
  onChange,
}: AssistantFieldsProps) {
  const { t } = useLingui();
  const { data } = useQuery(modelsQuery);
  const models = offered(data?.items ?? []);
  const byDefault = data?.default_model;
  return (
    <Stack gap="md">
      <TextInput
        {...(first && { ref: first })}
        label={t`Name`}
        maxLength={200}
        readOnly={isReadOnly}
        error={errors['name']}
        value={draft.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <Textarea
        label={t`Instructions`}
        description={t`Who it is, what it knows, how it speaks. It reads them before every answer.`}
        autosize
        minRows={6}
        maxRows={24}
        maxLength={50_000}
        readOnly={isReadOnly}
        error={errors['instructions']}
        value={draft.instructions}
        onChange={({ currentTarget }) => onChange({ instructions: currentTarget.value })}
      />
      <ModelInput
        label={t`Model`}
        description={
          byDefault === undefined
            ? t`Empty: the default model.`
            : t`Empty: the default model, ${byDefault}. Choose one or type provider/model.`
        }
        readOnly={isReadOnly}
        error={errors['model']}
        value={draft.model}
        onChange={(model) => onChange({ model })}
      />
      <MoreFields draft={draft} errors={errors} models={models} isReadOnly={isReadOnly} onChange={onChange} />
    </Stack>
  );
}
