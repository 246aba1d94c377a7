import { Button, Group, Modal } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SubmitEvent } from 'react';
import { fieldErrors } from '#web/lib/problem.ts';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { patchReminder, refreshReminders } from '../change-reminder.ts';
import { nameOf, type Reminder } from '../reminder.ts';
import { creationOf, draftOf, editOf } from './reminder-draft.ts';
import { ReminderFields } from './reminder-fields.tsx';

interface EditReminderProps {
  reminder: Reminder;
  onClose: () => void;
}

export function EditReminder({ reminder, onClose }: EditReminderProps) {
  const { t } = useLingui();
  const [before] = useState(() => draftOf(reminder, Date.now()));
  const [draft, setDraft] = useState(before);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const edit = editOf(before, draft);
    if (Object.keys(edit).length === 0) {
      onClose();
      return;
    }
    setSaving(true);
    try {
      const after = await patchReminder(reminder.id, edit);
      void refreshReminders();
      onClose();
      const name = nameOf(after);
      toastUndo({
        message: <Trans>Saved: {name}</Trans>,
        undo: async () => {
          await patchReminder(reminder.id, { ...editOf(draft, before), ...statusBack(reminder, after) });
          await refreshReminders();
        },
      });
    } catch (error) {
      const problems = fieldErrors(error);
      if (problems) setErrors(problems);
      else toastFailure(error);
      setSaving(false);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Edit reminder`}
      closeButtonProps={{ 'aria-label': t`Close` }}
      size="md"
    >
      <form onSubmit={(event) => void onSubmit(event)}>
        <ReminderFields
          draft={draft}
          errors={errors}
          focusFirst
          onChange={(next) => {
            setDraft(next);
            setErrors({});
          }}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={isSaving} disabled={!creationOf(draft)}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** A new time makes what has ended active again. */
function statusBack(before: Reminder, after: Reminder): { status?: Reminder['status'] } {
  return before.status === after.status ? {} : { status: before.status };
}
