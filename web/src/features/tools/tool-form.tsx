import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { toastFailure } from '#web/ui/toast.tsx';
import { createTool, saveTool } from './actions.tsx';
import { draftOf, emptyTool, isWhole, type ToolDraft } from './tool-draft.ts';
import { ToolFields } from './tool-fields.tsx';
import type { Tool } from './tool.ts';
import { useToolProblems } from './use-tool-problems.ts';

interface ToolFormProps {
  /** The one that is edited; a new one when left out. */
  tool?: Tool;
  example: Partial<ToolDraft>;
  onClose: () => void;
}

export function ToolForm({ tool, example, onClose }: ToolFormProps) {
  const { t } = useLingui();
  const { faultsIn, refusals } = useToolProblems();
  const [draft, setDraft] = useState({ ...(tool ? draftOf(tool) : emptyTool), ...example });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  // It is longer than a screen: what is wrong may be out of sight.
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const faults = faultsIn(draft);
    if (Object.keys(faults).length > 0) {
      setErrors(faults);
      return;
    }
    setSaving(true);
    try {
      await (tool ? saveTool(tool, draft) : createTool(draft));
      onClose();
    } catch (error) {
      const found = refusals(error);
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
      <form ref={form} noValidate onSubmit={(event) => void onSubmit(event)}>
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
          isDisabled={!isWhole(draft, { isNew: !tool })}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
