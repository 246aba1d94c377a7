import { Drawer } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '#web/lib/problem.ts';
import { Failure } from '#web/ui/failure.tsx';
import { useTitle } from '#web/ui/page.tsx';
import { ChatHeader } from './chat-header.tsx';
import { Conversation } from './conversation.tsx';
import { GoneThread } from './gone-thread.tsx';
import { preloadMarkdown } from './messages/message-text.tsx';
import { useMessageEvents } from './messages/use-message-events.ts';
import { ThreadList } from './threads/thread-list.tsx';
import { mainThreadQuery, threadQuery } from './threads/threads-query.ts';
import { useThreadTitle } from './threads/use-thread-title.ts';
import classes from './chat.module.css';

preloadMarkdown();

/** The thread of the address, or the main one. */
function useOpenThread() {
  const { threadId } = useParams({ strict: false });
  const main = useQuery(mainThreadQuery);
  const id = threadId ?? main.data?.id;
  const one = useQuery({ ...threadQuery(threadId ?? ''), enabled: threadId !== undefined });
  return { id, ...(threadId === undefined ? main : one) };
}

export function ChatPage() {
  const { t } = useLingui();
  const { id, data: thread, error, refetch } = useOpenThread();
  const [showsThreads, setShowsThreads] = useState(false);
  const isGone = error instanceof Problem && error.status === 404;
  const titleOf = useThreadTitle();
  const title = thread ? titleOf(thread) : t`Chat`;
  useTitle(title);
  useMessageEvents(id);
  return (
    <div className={classes['page']}>
      <div className={classes['side']}>
        <ThreadList openId={id} />
      </div>
      <Drawer
        opened={showsThreads}
        onClose={() => setShowsThreads(false)}
        title={t`Threads`}
        size="20rem"
        closeButtonProps={{ 'aria-label': t`Close` }}
        classNames={{ content: classes['drawer'] ?? '', body: classes['drawerBody'] ?? '' }}
      >
        <ThreadList openId={id} isNamed onOpen={() => setShowsThreads(false)} />
      </Drawer>
      <section className={classes['conversation']} aria-label={title}>
        <ChatHeader title={title} thread={thread} onShowThreads={() => setShowsThreads(true)} />
        {isGone || (error && !thread) ? (
          <div className={classes['failure']}>
            {isGone ? <GoneThread /> : <Failure error={error} retry={() => void refetch()} />}
          </div>
        ) : (
          id !== undefined && <Conversation key={id} threadId={id} thread={thread} />
        )}
      </section>
    </div>
  );
}
