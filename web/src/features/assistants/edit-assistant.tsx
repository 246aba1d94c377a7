import { Button, Group } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { AssistantFields } from './assistant-fields.tsx';
import type { AssistantForm } from './use-assistant-form.ts';

interface EditAssistantProps {
  form: AssistantForm;
  isReadOnly: boolean;
}

/** Its fields, and what saves them once they are changed. */
export function EditAssistant({ form, isReadOnly }: EditAssistantProps) {
  const { draft, errors, isChanged, isSaving, isWhole, change, reset, save } = form;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <AssistantFields draft={draft} errors={errors} isReadOnly={isReadOnly} onChange={change} />
      {(isChanged || isSaving) && (
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={reset}>
            <Trans>Leave it as it was</Trans>
          </Button>
          <Button type="submit" loading={isSaving} disabled={!isWhole}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      )}
    </form>
  );
}
