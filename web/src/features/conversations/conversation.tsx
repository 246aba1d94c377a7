import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Failure } from '#web/ui/failure.tsx';
import { messagesQuery } from './messages/messages-query.ts';
import { OpenConversation } from './open-conversation.tsx';
import type { Thread } from './threads/thread.ts';
import classes from './chat.module.css';

interface ConversationProps {
  threadId: string;
  thread: Thread | undefined;
}

/** What is said in a thread, and where one says more. */
export function Conversation({ threadId, thread }: ConversationProps) {
  const { data, error, refetch } = useQuery(messagesQuery(threadId));
  if (data) return <OpenConversation threadId={threadId} thread={thread} state={data} />;
  if (error) {
    return (
      <div className={classes['failure']}>
        <Failure error={error} retry={() => void refetch()} />
      </div>
    );
  }
  return (
    <div className={classes['skeleton']} aria-hidden="true">
      {[52, 88, 40, 120].map((height, index) => (
        <Skeleton
          key={height}
          height={height}
          width={index % 2 === 0 ? '45%' : '80%'}
          radius="lg"
          ml={index % 2 === 0 ? 'auto' : 0}
        />
      ))}
    </div>
  );
}
