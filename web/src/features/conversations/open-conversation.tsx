import { useCallback, useEffect, useMemo, useState } from 'react';
import { Composer } from './composer/composer.tsx';
import { EmptyThread } from './empty-thread.tsx';
import { Announcer } from './messages/announcer.tsx';
import { ChatActionsProvider, type ChatActions } from './messages/chat-actions.tsx';
import type { ChatFile, ChatMessage } from './messages/message.ts';
import { MessageList } from './messages/message-list.tsx';
import { openTurns, turnToStop } from './messages/rows.ts';
import type { ThreadState } from './messages/thread-state.ts';
import { regenerate, stopTurn } from './messages/turn-requests.ts';
import { useRows } from './messages/use-rows.ts';
import { discard, resumeSending, send, sendAgain, useOutbox } from './outbox/outbox.ts';
import type { Thread } from './threads/thread.ts';
import { useAssistants } from './threads/use-assistants.ts';
import { useEscape } from './use-escape.ts';

interface OpenConversationProps {
  threadId: string;
  thread: Thread | undefined;
  state: ThreadState;
}

export function OpenConversation({ threadId, thread, state }: OpenConversationProps) {
  const { messages } = state;
  const { rows, unsent, toggleVersions } = useRows(state, useOutbox(threadId));
  const [editing, setEditing] = useState<ChatMessage>();
  const [sent, setSent] = useState(0);
  const turns = useMemo(() => openTurns(messages), [messages]);
  const running = turnToStop(turns);
  const isBusy = turns.length > 0 || unsent.some(({ status }) => status === 'sending');
  const name = useAssistants().find(({ id }) => id === thread?.assistant_id)?.name ?? 'Famulus';

  useEffect(() => resumeSending(threadId), [threadId]);

  const actions = useMemo<ChatActions>(
    () => ({
      name,
      assistantId: thread?.assistant_id,
      isBusy,
      regenerate: async () => await regenerate(threadId),
      edit: setEditing,
      toggleVersions,
      sendAgain: (id) => sendAgain(threadId, id),
      discard: (id) => discard(threadId, id),
    }),
    [name, thread?.assistant_id, isBusy, threadId, toggleVersions],
  );

  const say = (text: string, files?: ChatFile[]) => {
    send(threadId, { text, files, edits: editing?.id });
    setEditing(undefined);
    setSent((count) => count + 1);
  };
  const editLast = () => {
    if (isBusy) return;
    const last = messages.findLast(({ role, superseded_by }) => role === 'user' && superseded_by === null);
    if (last) setEditing(last);
  };
  useEscape(
    useCallback(() => {
      // What waits for a decision is not in the way.
      if (running?.state === 'awaiting') return;
      if (running) void stopTurn(threadId, running.turn_id).catch(() => {});
    }, [threadId, running]),
  );

  return (
    <ChatActionsProvider value={actions}>
      {rows.length === 0 && state.older === null ? (
        <EmptyThread onSend={say} />
      ) : (
        <MessageList threadId={threadId} state={state} rows={rows} sent={sent} />
      )}
      <Composer
        threadId={threadId}
        editing={editing}
        running={running?.turn_id}
        onSend={say}
        onEditLast={editLast}
        onLeaveEdit={() => setEditing(undefined)}
      />
      <Announcer messages={messages} />
    </ChatActionsProvider>
  );
}
