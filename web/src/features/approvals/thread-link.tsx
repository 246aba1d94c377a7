import { Anchor } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { threadQuery } from '#web/features/conversations/threads/threads-query.ts';
import { useThreadTitle } from '#web/features/conversations/threads/use-thread-title.ts';

/** Leads to a thread, by its name once that is known. */
export function ThreadLink({ threadId }: { threadId: string }) {
  const { data } = useQuery(threadQuery(threadId));
  const titleOf = useThreadTitle();
  return (
    <Anchor component={Link} to={`/chat/${threadId}`} size="sm">
      {data ? titleOf(data) : <Trans>To the conversation</Trans>}
    </Anchor>
  );
}
