import { Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '#web/lib/api.ts';
import { FormButtons } from '#web/ui/form-buttons.tsx';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { ShownOnce } from '../shown-once.tsx';
import { useSubmit } from '../use-submit.ts';
import { refreshInvitations, type MadeInvitation } from './invitation.ts';

const DAY_MS = 86_400_000;

/** Makes an invitation and shows its link, once. */
export function NewInvitation({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('member');
  const [days, setDays] = useState('7');
  const [made, setMade] = useState<MadeInvitation>();

  const { errors, forgetErrors, isSaving, onSubmit } = useSubmit(async () => {
    const invitation = await api.post<MadeInvitation>('/api/invitations', {
      ...(email.trim() !== '' && { email: email.trim() }),
      role,
      expires_at: new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
    });
    void refreshInvitations();
    setMade(invitation);
  });

  return (
    <Modal
      closeButtonProps={{ 'aria-label': t`Close` }}
      opened
      onClose={onClose}
      title={made ? t`The invitation is ready` : t`Invite somebody`}
    >
      {made ? (
        <ShownOnce url={made.url} onClose={onClose}>
          <Words invitation={made} />
        </ShownOnce>
      ) : (
        <form noValidate onSubmit={onSubmit}>
          <Stack gap="md">
            <TextInput
              type="email"
              label={t`E-mail (optional)`}
              description={t`Then only this address can accept it. Nothing is sent: you pass the link on.`}
              autoComplete="off"
              maxLength={254}
              data-autofocus
              error={errors['email']}
              value={email}
              onChange={({ currentTarget }) => {
                setEmail(currentTarget.value);
                forgetErrors();
              }}
            />
            <NativeSelect
              label={t`Role`}
              value={role}
              data={[
                { value: 'member', label: t`Member` },
                { value: 'admin', label: t`Admin` },
              ]}
              onChange={({ currentTarget }) => setRole(currentTarget.value)}
            />
            <NativeSelect
              label={t`It holds for`}
              value={days}
              error={errors['expires_at']}
              data={[
                { value: '1', label: t`a day` },
                { value: '7', label: t`a week` },
                { value: '30', label: t`a month` },
                { value: '365', label: t`a year` },
              ]}
              onChange={({ currentTarget }) => setDays(currentTarget.value)}
            />
          </Stack>
          <FormButtons action={t`Make the link`} isBusy={isSaving} onCancel={onClose} />
        </form>
      )}
    </Modal>
  );
}

function Words({ invitation: { email, expires_at } }: { invitation: MadeInvitation }) {
  return email === null ? (
    <Trans>
      Whoever has this link can make one account. It ends <RelativeTime instant={expires_at} />.
    </Trans>
  ) : (
    <Trans>
      With this link {email} can make an account. It ends <RelativeTime instant={expires_at} />.
    </Trans>
  );
}
