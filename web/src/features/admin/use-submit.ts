import { useState, type SubmitEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { toastFailure } from '#web/ui/toast.tsx';

/** A form that is sent: what the server says against its fields stands at them, all else comes as a toast. */
export function useSubmit(save: () => Promise<void>) {
  const problems = useFieldErrors();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);

  async function submit(): Promise<void> {
    setSaving(true);
    try {
      await save();
    } catch (error) {
      const found = problems(error);
      setErrors(found);
      if (Object.keys(found).length === 0) toastFailure(error);
    } finally {
      setSaving(false);
    }
  }

  return {
    errors,
    forgetErrors: () => setErrors({}),
    isSaving,
    onSubmit: (event: SubmitEvent) => {
      event.preventDefault();
      void submit();
    },
  };
}
