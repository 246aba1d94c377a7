import { useState } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import { saveAssistant } from './actions.tsx';
import { changeOf, draftOf, type AssistantDraft } from './assistant-draft.ts';
import type { Assistant } from './assistant.ts';

export interface AssistantForm {
  draft: AssistantDraft;
  errors: Record<string, string>;
  isChanged: boolean;
  isSaving: boolean;
  /** It can be saved as it is. */
  isWhole: boolean;
  change: (change: Partial<AssistantDraft>) => void;
  reset: () => void;
  /** Whether it is saved now; what stands against it is shown. */
  save: () => Promise<boolean>;
}

/** An assistant being edited; fields that are not follow what is changed elsewhere. */
export function useAssistantForm(assistant: Assistant): AssistantForm {
  const problems = useFieldErrors();
  const [edits, setEdits] = useState<Partial<AssistantDraft>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const before = draftOf(assistant);
  const draft = { ...before, ...edits };
  const changed = changeOf(before, draft);
  const isChanged = Object.keys(changed).length > 0;
  const isWhole = draft.name.trim() !== '';

  async function save(): Promise<boolean> {
    if (!isWhole) return false;
    if (!isChanged) return true;
    setSaving(true);
    try {
      await saveAssistant(assistant, changed);
      setEdits({});
      return true;
    } catch (error) {
      const found = problems(error);
      setErrors(found);
      if (Object.keys(found).length === 0) toastFailure(error);
      return false;
    } finally {
      setSaving(false);
    }
  }

  return {
    draft,
    errors,
    isChanged,
    isSaving,
    isWhole,
    change: (change) => {
      setEdits({ ...edits, ...change });
      setErrors({});
    },
    reset: () => {
      setEdits({});
      setErrors({});
    },
    save,
  };
}
