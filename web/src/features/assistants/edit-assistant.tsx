import { Button, Group } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useState, type SubmitEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { saveAssistant } from './actions.tsx';
import { changeOf, draftOf, type AssistantDraft } from './assistant-draft.ts';
import { AssistantFields } from './assistant-fields.tsx';
import type { Assistant } from './assistant.ts';

/** Its fields; those that are not being edited follow what is changed elsewhere. */
export function EditAssistant({ assistant }: { assistant: Assistant }) {
  const problems = useFieldErrors();
  const [edits, setEdits] = useState<Partial<AssistantDraft>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const before = draftOf(assistant);
  const draft = { ...before, ...edits };
  const change = changeOf(before, draft);
  const isChanged = Object.keys(change).length > 0;

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!isChanged || draft.name.trim() === '') return;
    setSaving(true);
    try {
      await saveAssistant(assistant, change);
      setEdits({});
    } catch (error) {
      const found = problems(error);
      setErrors(found);
      if (Object.keys(found).length === 0) toastFailure(error);
    } finally {
      setSaving(false);
    }
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <AssistantFields
        draft={draft}
        errors={errors}
        isReadOnly={assistant.user_id === null}
        onChange={(next) => {
          setEdits({ ...edits, ...next });
          setErrors({});
        }}
      />
      {(isChanged || isSaving) && (
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setEdits({})}>
            <Trans>Leave it as it was</Trans>
          </Button>
          <Button type="submit" loading={isSaving} disabled={draft.name.trim() === ''}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      )}
    </form>
  );
}
