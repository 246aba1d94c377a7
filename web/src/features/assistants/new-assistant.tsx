import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { api } from '#web/lib/api.ts';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { toastFailure } from '#web/ui/toast.tsx';
import { assistantOf, emptyAssistant, type AssistantDraft } from './assistant-draft.ts';
import { AssistantFields } from './assistant-fields.tsx';
import { refreshAssistants, type Assistant } from './assistant.ts';

interface NewAssistantProps {
  /** What its form begins with. */
  example: Partial<AssistantDraft>;
  onClose: () => void;
}

/** Makes an assistant and opens its page, where it gets its tools. */
export function NewAssistant({ example, onClose }: NewAssistantProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const problems = useFieldErrors();
  const [draft, setDraft] = useState({ ...emptyAssistant, ...example });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setSaving(true);
    try {
      const { id } = await api.post<Assistant>('/api/assistants', assistantOf(draft));
      void refreshAssistants();
      await navigate({ to: '/assistants/$assistantId', params: { assistantId: id } });
    } catch (error) {
      const found = problems(error);
      setErrors(found);
      setSaving(false);
      if (Object.keys(found).length === 0) toastFailure(error);
    }
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened
      onClose={onClose}
      title={t`New assistant`}
      size="lg"
    >
      <form onSubmit={(event) => void onSubmit(event)}>
        <AssistantFields
          draft={draft}
          errors={errors}
          onChange={(change) => {
            setDraft({ ...draft, ...change });
            setErrors({});
          }}
        />
        <FormButtons
          action={t`Create`}
          isBusy={isSaving}
          isDisabled={draft.name.trim() === ''}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
