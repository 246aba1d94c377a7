import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import BellPlus from 'lucide-react/icons/bell-plus';
import { api } from '#web/lib/api.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { toast, toastFailure } from '#web/ui/toast.tsx';

/** Sends a notification to oneself. */
export function TestNotificationButton() {
  const { t } = useLingui();
  const send = useMutation({
    mutationFn: async () =>
      await api.post('/api/notifications', {
        title: t`A test`,
        message: t`You sent this to yourself: notifications reach you.`,
      }),
    onSuccess: () => {
      toast(<Trans>Sent.</Trans>);
      void queryClient.invalidateQueries({ queryKey: ['notifications'] });
    },
    onError: toastFailure,
  });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<BellPlus size={14} aria-hidden />}
      loading={send.isPending}
      onClick={() => send.mutate()}
    >
      <Trans>Send a test</Trans>
    </Button>
  );
}
