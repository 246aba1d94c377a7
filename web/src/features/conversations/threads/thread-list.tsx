import { Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Archive from 'lucide-react/icons/archive';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import { useState } from 'react';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { useLeaving } from './leaving.ts';
import { NewThreadButton } from './new-thread-button.tsx';
import { ThreadItem } from './thread-item.tsx';
import { listed } from './thread.ts';
import { mainThreadQuery, threadsQuery } from './threads-query.ts';
import { useAssistants } from './use-assistants.ts';
import classes from './thread-list.module.css';

interface ThreadListProps {
  openId: string | undefined;
  /** What is around it says what it is. */
  isNamed?: boolean;
  /** One was chosen. */
  onOpen?: () => void;
}

/** All threads, those with the latest messages first below the main one; the archived ones on demand. */
export function ThreadList({ openId, isNamed = false, onOpen }: ThreadListProps) {
  const { t } = useLingui();
  const [archived, setArchived] = useState(false);
  const query = useInfiniteQuery(threadsQuery({ archived }));
  const { data: main } = useQuery(mainThreadQuery);
  const leaving = useLeaving();
  const assistants = useAssistants();
  const names = new Map(assistants.map(({ id, name }) => [id, name]));
  const threads = query.data && listed(query.data, archived ? undefined : main, leaving);
  return (
    <nav aria-label={t`Threads`} className={classes['list']}>
      <Group justify="space-between" wrap="nowrap" px="sm" py="xs">
        <Text fw={600}>
          {archived ? <Trans>Archived threads</Trans> : !isNamed && <Trans>Threads</Trans>}
        </Text>
        {!archived && <NewThreadButton threads={threads ?? []} onDone={onOpen} />}
      </Group>
      <div className={classes['scroll']}>
        {query.isPending && <ListSkeleton rows={5} height={48} />}
        {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
        {threads?.length === 0 && (
          <Text size="sm" px="sm" className={classes['below'] ?? ''}>
            <Trans>Nothing is archived.</Trans>
          </Text>
        )}
        <ul className={classes['items']}>
          {threads?.map((thread) => (
            <ThreadItem
              key={thread.id}
              thread={thread}
              isOpen={thread.id === openId}
              assistant={assistants.length > 1 ? names.get(thread.assistant_id) : undefined}
              onOpen={onOpen}
            />
          ))}
        </ul>
        <LoadMore query={query} />
      </div>
      <Button
        variant="subtle"
        color="gray"
        justify="flex-start"
        className={classes['archive'] ?? ''}
        leftSection={archived ? <ArrowLeft size={16} aria-hidden /> : <Archive size={16} aria-hidden />}
        onClick={() => setArchived(!archived)}
      >
        {archived ? <Trans>Back to the threads</Trans> : <Trans>Archived threads</Trans>}
      </Button>
    </nav>
  );
}
