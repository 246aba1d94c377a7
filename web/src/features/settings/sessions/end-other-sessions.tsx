import { Button, Group } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Confirm } from '#web/ui/confirm.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { endOtherSessions } from './sessions-api.ts';
import { useSingleMutation } from '../use-single-mutation.ts';

export function EndOtherSessions({ onEnded }: { onEnded: () => void }) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const end = useSingleMutation({
    mutationFn: endOtherSessions,
    onSuccess: () => {
      toast(<Trans>You are signed in only here now.</Trans>);
      onEnded();
    },
    onError: (error) => {
      setAsking(false);
      toastFailure(error);
    },
  });
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={() => setAsking(true)}>
        <Trans>End all others</Trans>
      </Button>
      <Confirm
        opened={isAsking}
        title={t`End all other sessions?`}
        action={t`End them`}
        loading={end.isPending}
        onConfirm={() => end.mutate()}
        onClose={() => setAsking(false)}
      >
        <Trans>Every other browser and program is signed out within seconds. This browser stays.</Trans>
      </Confirm>
    </Group>
  );
}
