import { Button, Group } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import type { Job } from './job.ts';

type Action = 'retry' | 'cancel' | 'park';

const said = {
  retry: <Trans>It is tried again.</Trans>,
  cancel: <Trans>It is cancelled.</Trans>,
  park: <Trans>It is parked: try it again at any time.</Trans>,
};

/** What waits can be cancelled or parked; what was given up can be tried again. */
export function JobActions({ job, label }: { job: Job; label: string }) {
  const { t } = useLingui();
  const buttons = useRef<HTMLDivElement>(null);
  const act = useMutation({
    mutationFn: async (action: Action) => await api.post(`/api/jobs/${encodeURIComponent(job.id)}/${action}`),
    onSuccess: (_, action) => {
      // The button goes: the focus stays with the list.
      const near = buttons.current?.closest('ul')?.querySelector<HTMLElement>('button');
      (near ?? document.querySelector<HTMLElement>('main'))?.focus();
      toast(said[action]);
    },
    onError: toastFailure,
    onSettled: async () => await queryClient.invalidateQueries({ queryKey: ['jobs'] }),
  });
  const isOver = job.status === 'parked' || job.status === 'failed';
  if (!isOver && job.status !== 'pending') return null;
  const button = (action: Action, name: string, described: string) => (
    <Button
      size="xs"
      variant="default"
      aria-label={described}
      loading={act.isPending && act.variables === action}
      onClick={() => act.mutate(action)}
    >
      {name}
    </Button>
  );
  return (
    <Group gap={6} ref={buttons} justify="flex-end">
      {isOver && button('retry', t`Try again`, t`Try again: ${label}`)}
      {!isOver && button('park', t`Park`, t`Park: ${label}`)}
      {!isOver && button('cancel', t`Cancel`, t`Cancel: ${label}`)}
    </Group>
  );
}
