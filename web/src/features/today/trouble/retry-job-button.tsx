import { Button } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { toast, toastFailure } from '#web/ui/toast.tsx';

/** Has work that was given up tried again. */
export function RetryJobButton({ jobId }: { jobId: string }) {
  const retry = useMutation({
    mutationFn: async () => await api.post(`/api/jobs/${encodeURIComponent(jobId)}/retry`),
    onSuccess: async () => {
      toast(<Trans>It is tried again.</Trans>);
      await queryClient.invalidateQueries({ queryKey: ['jobs'] });
    },
    onError: toastFailure,
  });
  return (
    <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
      <Trans>Try again</Trans>
    </Button>
  );
}
