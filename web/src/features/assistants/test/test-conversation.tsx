import { preloadMarkdown } from '#web/features/conversations/messages/message-text.tsx';
import { useMessageEvents } from '#web/features/conversations/messages/use-message-events.ts';
import { Conversation } from '#web/features/conversations/conversation.tsx';
import type { Thread } from '#web/features/conversations/threads/thread.ts';
import chat from '#web/features/conversations/chat.module.css';
import classes from './test-pane.module.css';

preloadMarkdown();

/** The thread of a test, as the chat shows it. */
export function TestConversation({ thread }: { thread: Thread }) {
  useMessageEvents(thread.id);
  return (
    // With what a reply took and cost always in sight.
    <div className={`${chat['colors']} ${classes['conversation']}`} data-facts>
      <Conversation threadId={thread.id} thread={thread} />
    </div>
  );
}
