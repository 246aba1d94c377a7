import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Confirm } from '#web/ui/confirm.tsx';
import { sayMissed } from '../run-now.tsx';
import type { Occurrence } from '../use-reminder-lists.ts';

/** What the server says at once. */
const MOST = 100;

interface SayMissedButtonProps {
  reminderId: string;
  occurrence: Pick<Occurrence, 'due_at' | 'until' | 'count' | 'fate'>;
}

/** Offers to make up for what was missed; nothing where nothing was. */
export function SayMissedButton({ reminderId, occurrence }: SayMissedButtonProps) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { fate, count } = occurrence;
  if ((fate !== 'missed' && fate !== 'skipped') || count > MOST) return null;

  async function say(): Promise<void> {
    setBusy(true);
    if (await sayMissed(reminderId, occurrence)) setAsking(false);
    setBusy(false);
  }

  return (
    <>
      <Button size="compact-sm" variant="default" mt={4} onClick={() => setAsking(true)}>
        <Trans>Say the missed ones now</Trans>
      </Button>
      <Confirm
        opened={isAsking}
        title={t`Say the missed ones now?`}
        action={t`Say now`}
        loading={isBusy}
        onConfirm={() => void say()}
        onClose={() => setAsking(false)}
      >
        <Plural
          value={count}
          one="It comes # time at once, as a notification."
          other="It comes # times at once, each as a notification of its own."
        />
      </Confirm>
    </>
  );
}
