import { ActionIcon, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { Refusal } from '#web/features/auth/refusal.tsx';
import { useSecondsLeft } from '#web/features/auth/use-seconds-left.ts';
import { Confirm } from '#web/ui/confirm.tsx';
import { toast } from '#web/ui/toast.tsx';
import { SettingsRow } from '../../settings-row.tsx';
import { PasskeyFacts } from './passkey-facts.tsx';
import { removePasskey, type Passkey } from './passkeys-api.ts';
import { RenamePasskey } from './rename-passkey.tsx';
import { useSingleMutation } from '../../use-single-mutation.ts';

interface PasskeyRowProps {
  passkey: Passkey;
  onRemoved: () => void;
}

export function PasskeyRow({ passkey, onRemoved }: PasskeyRowProps) {
  const { t } = useLingui();
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null);
  const { id, name } = passkey;
  const close = () => setDialog(null);
  const remove = useSingleMutation({
    mutationFn: async () => await removePasskey(id),
    onSuccess: () => {
      toast(<Trans>“{name}” signs nobody in any more.</Trans>);
      onRemoved();
    },
    onError: close,
  });
  const secondsLeft = useSecondsLeft(remove.error, remove.submittedAt);
  return (
    <SettingsRow
      name={name}
      facts={
        <>
          <PasskeyFacts passkey={passkey} />
          <Refusal error={remove.error} secondsLeft={secondsLeft} />
        </>
      }
    >
      <Tooltip label={t`Rename`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t`Rename ${name}`}
          onClick={() => setDialog('rename')}
        >
          <Pencil size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t`Remove`}>
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={t`Remove ${name}`}
          onClick={() => setDialog('remove')}
        >
          <Trash size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {dialog === 'rename' && <RenamePasskey passkey={passkey} onClose={close} />}
      <Confirm
        opened={dialog === 'remove'}
        title={t`Remove “${name}”?`}
        action={t`Remove`}
        loading={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={close}
      >
        <Trans>
          It signs you in no more. Your device may go on offering it until you delete it there too.
        </Trans>
      </Confirm>
    </SettingsRow>
  );
}
