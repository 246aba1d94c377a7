import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { api } from '#web/lib/api.ts';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { addressOf, refreshAccounts, type Account } from './account.ts';

interface DeleteAccountProps {
  account: Account;
  onDeleted: () => void;
  onClose: () => void;
}

/** It can't be undone: whose it is has to be typed. */
export function DeleteAccount({ account, onDeleted, onClose }: DeleteAccountProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const { id, name } = account;
  const address = addressOf(account);
  const isSure = typed.trim().toLowerCase() === address.toLowerCase();
  const removal = useMutation({
    mutationFn: async () => await api.delete(`/api/users/${id}`),
    onSuccess: async () => {
      onClose();
      onDeleted();
      toast(<Trans>Deleted: {name}</Trans>);
      await refreshAccounts();
    },
    onError: toastFailure,
  });
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened
      onClose={onClose}
      title={t`Delete the account of ${name}?`}
    >
      <form
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          if (isSure) removal.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            <Trans>
              Everything in it is deleted as well: reminders, chats, memories. It can’t be brought back. To
              shut somebody out and keep their data, disable the account instead.
            </Trans>
          </Text>
          <TextInput
            label={t`To confirm, type ${address}`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" color="red" disabled={!isSure} loading={removal.isPending}>
            <Trans>Delete</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
