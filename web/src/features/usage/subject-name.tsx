import { Anchor } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { threadQuery } from '#web/features/conversations/threads/threads-query.ts';
import { useThreadTitle } from '#web/features/conversations/threads/use-thread-title.ts';
import { Problem } from '#web/lib/problem.ts';

/** What was worked for, `<thing>:<id>`, by the name people know it by. */
export function SubjectName({ id: subject }: { id: string | null }) {
  const [thing = '', id = ''] = subject?.split(':') ?? [];
  if (thing === 'thread') return <ThreadName id={id} />;
  if (thing === 'reminder') {
    return (
      <Anchor component={Link} to={`/reminders/${id}`} inherit>
        <Trans>A reminder</Trans>
      </Anchor>
    );
  }
  return subject === null ? <Trans>Other work</Trans> : <>{subject}</>;
}

function ThreadName({ id }: { id: string }) {
  const { data, error } = useQuery(threadQuery(id));
  const titleOf = useThreadTitle();
  if (error instanceof Problem && error.status === 404) return <Trans>A deleted thread</Trans>;
  return (
    <Anchor component={Link} to={`/chat/${id}`} inherit>
      {data ? titleOf(data) : <Trans>A thread</Trans>}
    </Anchor>
  );
}
