import { Button, Group } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useState, type SubmitEvent } from 'react';
import { fieldErrors } from '#web/lib/problem.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { createReminder } from '../create-reminder.tsx';
import { creationOf, type ReminderDraft } from '../fields/reminder-draft.ts';
import { ReminderFields } from '../fields/reminder-fields.tsx';

interface ByFieldsProps {
  draft: ReminderDraft;
  onDraft: (draft: ReminderDraft) => void;
  onSaved: () => void;
}

export function ByFields({ draft, onDraft, onSaved }: ByFieldsProps) {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const body = creationOf(draft);

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!body) return;
    setSaving(true);
    try {
      await createReminder(body);
      onSaved();
    } catch (error) {
      const problems = fieldErrors(error);
      if (problems) setErrors(problems);
      else toastFailure(error);
    } finally {
      setSaving(false);
    }
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <ReminderFields
        draft={draft}
        errors={errors}
        onChange={(next) => {
          onDraft(next);
          setErrors({});
        }}
      />
      <Group justify="flex-end" mt="sm">
        <Button type="submit" loading={isSaving} disabled={!body}>
          <Trans>Save</Trans>
        </Button>
      </Group>
    </form>
  );
}
