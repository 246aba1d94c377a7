import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import MessageCircle from 'lucide-react/icons/message-circle';
import { createThread } from '#web/features/conversations/threads/change-thread.ts';
import { toastFailure } from '#web/ui/toast.tsx';
import type { Assistant } from './assistant.ts';

/** Opens a new thread with the assistant. */
export function TalkButton({ assistant, isSmall = false }: { assistant: Assistant; isSmall?: boolean }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { id, name } = assistant;
  const talk = useMutation({
    mutationFn: async () => await createThread(id),
    onSuccess: async (thread) => await navigate({ to: '/chat/$threadId', params: { threadId: thread.id } }),
    onError: toastFailure,
  });
  if (!isSmall) {
    return (
      <Button
        leftSection={<MessageCircle size={16} aria-hidden />}
        loading={talk.isPending}
        onClick={() => talk.mutate()}
      >
        <Trans>Talk to it</Trans>
      </Button>
    );
  }
  return (
    <Tooltip label={t`Talk to it`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t`Talk to ${name}`}
        loading={talk.isPending}
        onClick={() => talk.mutate()}
      >
        <MessageCircle size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
