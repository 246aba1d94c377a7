import { Stack, Textarea, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState, type SubmitEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { useFirstFocus } from '#web/features/auth/use-first-focus.ts';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { toastFailure } from '#web/ui/toast.tsx';
import type { MemoryWords } from './actions.tsx';

interface MemoryFormProps {
  words: MemoryWords;
  /** What the button says. */
  action: string;
  onSave: (words: MemoryWords) => Promise<void>;
  onClose: () => void;
}

/** What a memory is about, and what it says. */
export function MemoryForm({ words, action, onSave, onClose }: MemoryFormProps) {
  const { t } = useLingui();
  const problems = useFieldErrors();
  const first = useFirstFocus();
  const [draft, setDraft] = useState(words);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);

  function change(next: Partial<MemoryWords>): void {
    setDraft({ ...draft, ...next });
    setErrors({});
  }

  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    setSaving(true);
    try {
      await onSave({ key: draft.key.trim(), value: draft.value.trim() });
      onClose();
    } catch (error) {
      const found = problems(error);
      setErrors(found);
      setSaving(false);
      const [first] = Object.keys(found);
      if (first === undefined) toastFailure(error);
      else form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    }
  }

  return (
    <form aria-label={action} onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="sm">
        <TextInput
          name="key"
          label={t`What it is about`}
          description={t`A few words, different for each memory. For example: wifi password`}
          maxLength={200}
          ref={first}
          error={errors['key']}
          value={draft.key}
          onChange={({ currentTarget }) => change({ key: currentTarget.value })}
        />
        <Textarea
          name="value"
          label={t`What to remember`}
          autosize
          minRows={2}
          maxRows={16}
          maxLength={10_000}
          error={errors['value']}
          value={draft.value}
          onChange={({ currentTarget }) => change({ value: currentTarget.value })}
        />
      </Stack>
      <FormButtons
        action={action}
        isBusy={isSaving}
        isDisabled={draft.key.trim() === '' || draft.value.trim() === ''}
        onCancel={onClose}
      />
    </form>
  );
}
