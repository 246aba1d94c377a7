import { Button, Group, Modal, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SyntheticEvent } from 'react';
import { useFieldErrors } from '#web/features/auth/use-field-errors.ts';
import { toastFailure, toastUndo } from '#web/ui/toast.tsx';
import { useReturnFocus } from '../../use-return-focus.ts';
import { renamePasskey, type Passkey } from './passkeys-api.ts';
import { useSingleMutation } from '../../use-single-mutation.ts';

export function RenamePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useLingui();
  useReturnFocus();
  const problems = useFieldErrors();
  const [name, setName] = useState(passkey.name);
  const [error, setError] = useState<string>();
  const rename = useSingleMutation({
    mutationFn: async () => await renamePasskey(passkey.id, name.trim()),
    onSuccess: () => {
      onClose();
      toastUndo({
        message: <Trans>Saved</Trans>,
        undo: async () => await renamePasskey(passkey.id, passkey.name),
      });
    },
    onError: (refused) => {
      const problem = problems(refused)['name'];
      setError(problem);
      if (problem === undefined) toastFailure(refused);
    },
  });

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (rename.isPending) return;
    if (name.trim() === '') setError(t`Fill this in.`);
    else if (name.trim() === passkey.name) onClose();
    else rename.mutate();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Rename passkey`}
      centered
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form noValidate onSubmit={submit}>
        <TextInput
          label={t`Name`}
          data-autofocus
          maxLength={100}
          value={name}
          error={error}
          onChange={({ currentTarget }) => {
            setName(currentTarget.value);
            setError(undefined);
          }}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={rename.isPending}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
