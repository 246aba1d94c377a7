import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '#web/lib/api.ts';
import { Confirm } from '#web/ui/confirm.tsx';
import { toast, toastFailure } from '#web/ui/toast.tsx';
import { refreshAssistants, type Assistant } from './assistant.ts';

interface DeleteAssistantProps {
  assistant: Assistant;
  opened: boolean;
  onClose: () => void;
}

/** Its threads go with it: that is asked first, for it can't be undone. */
export function DeleteAssistant({ assistant, opened, onClose }: DeleteAssistantProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { id, name } = assistant;
  const removal = useMutation({
    mutationFn: async () => await api.delete(`/api/assistants/${id}`),
    onSuccess: async () => {
      toast(<Trans>Deleted: {name}</Trans>);
      await navigate({ to: '/assistants' });
      await refreshAssistants();
    },
    onError: toastFailure,
  });
  return (
    <Confirm
      opened={opened}
      title={t`Delete ${name}?`}
      action={t`Delete`}
      loading={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      <Trans>
        Everything you talked about with it is deleted as well and can’t be brought back. Its reminders go to
        your secretary.
      </Trans>
    </Confirm>
  );
}
