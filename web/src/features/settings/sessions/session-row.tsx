import { Badge, Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { signOut } from '#web/features/auth/sign-out.ts';
import { Confirm } from '#web/ui/confirm.tsx';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { SettingsRow } from '../settings-row.tsx';
import { endSession, type Session } from './sessions-api.ts';
import { useSingleMutation } from '../use-single-mutation.ts';

interface SessionRowProps {
  session: Session;
  onEnded: () => void;
}

export function SessionRow({ session, onEnded }: SessionRowProps) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const { id, is_current, kind } = session;
  const { name, address, last_seen_at } = session.device_info;
  const end = useSingleMutation({
    mutationFn: async () => await endSession(id),
    onSuccess: () => {
      toast(<Trans>Ended: {name}</Trans>);
      onEnded();
    },
    onError: (error) => {
      setAsking(false);
      toastFailure(error);
    },
  });
  return (
    <SettingsRow
      name={name}
      badge={
        <>
          {is_current && (
            <Badge variant="light" color="teal" c="var(--mantine-color-text)">
              <Trans>This browser</Trans>
            </Badge>
          )}
          {kind === 'token' && (
            <Badge variant="light" color="gray" c="var(--mantine-color-text)">
              <Trans>Program</Trans>
            </Badge>
          )}
        </>
      }
      facts={
        <>
          {is_current ? (
            <Trans>Here, now</Trans>
          ) : (
            <Trans>
              Last seen <RelativeTime instant={last_seen_at} />
            </Trans>
          )}
          {address !== null && <span translate="no"> · {address}</span>}
        </>
      }
    >
      {is_current ? (
        <Button variant="default" size="xs" onClick={() => void signOut().catch(toastFailure)}>
          <Trans>Sign out</Trans>
        </Button>
      ) : (
        <Button
          variant="default"
          size="xs"
          aria-label={t`End the session: ${name}`}
          onClick={() => setAsking(true)}
        >
          <Trans>End</Trans>
        </Button>
      )}
      <Confirm
        opened={isAsking}
        title={t`End this session?`}
        action={t`End it`}
        loading={end.isPending}
        onConfirm={() => end.mutate()}
        onClose={() => setAsking(false)}
      >
        <Trans>{name} is signed out within seconds. Whoever uses it must sign in again.</Trans>
      </Confirm>
    </SettingsRow>
  );
}
