import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState, type SubmitEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { toastFailure } from '#web/ui/toast.tsx';
import { createTool, saveTool } from './actions.tsx';
import { draftOf, emptyTool, readSchema, type ToolDraft } from './tool-draft.ts';
import { ToolFields } from './tool-fields.tsx';
import type { Tool } from './tool.ts';

interface ToolFormProps {
  /** The one that is edited; a new one when left out. */
  tool?: Tool;
  example: Partial<ToolDraft>;
  onClose: () => void;
}

export function ToolForm({ tool, example, onClose }: ToolFormProps) {
  const { t } = useLingui();
  const problems = useFieldErrors();
  const [draft, setDraft] = useState({ ...(tool ? draftOf(tool) : emptyTool), ...example });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const isWhole =
    draft.name.trim() !== '' &&
    draft.description.trim() !== '' &&
    (tool !== undefined || draft.assistant_id !== '');

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const read = readSchema(draft.schema);
    if ('fault' in read) {
      const message = read.fault === 'not_json' ? t`This is no JSON.` : t`It must be an object: { … }`;
      setErrors({ input_schema: message });
      return;
    }
    setSaving(true);
    try {
      await (tool ? saveTool(tool, draft) : createTool(draft));
      onClose();
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
      title={tool ? t`Edit tool` : t`New tool`}
      size="lg"
    >
      <form onSubmit={(event) => void onSubmit(event)}>
        <ToolFields
          draft={draft}
          errors={errors}
          isNew={!tool}
          onChange={(change) => {
            setDraft({ ...draft, ...change });
            setErrors({});
          }}
        />
        <FormButtons
          action={tool ? t`Save` : t`Create`}
          isBusy={isSaving}
          isDisabled={!isWhole}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
