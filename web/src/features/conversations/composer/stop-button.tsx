import { ActionIcon, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import Square from 'lucide-react/icons/square';
import { useState } from 'react';
import { toastFailure } from '#web/ui/toast.tsx';
import { stopTurn } from '../messages/turn-requests.ts';

export function StopButton({ threadId, turnId }: { threadId: string; turnId: string }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<string>();
  const stop = async () => {
    setAsked(turnId);
    try {
      await stopTurn(threadId, turnId);
    } catch (error) {
      setAsked(undefined);
      toastFailure(error);
    }
  };
  return (
    <Tooltip label={t`Stop the reply (Esc)`}>
      <ActionIcon
        variant="default"
        size={42}
        radius="xl"
        aria-label={t`Stop the reply`}
        loading={asked === turnId}
        onClick={() => void stop()}
      >
        <Square size={14} fill="currentColor" aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
