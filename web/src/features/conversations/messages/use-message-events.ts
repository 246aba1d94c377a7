import { useCallback, useEffect } from 'react';
import type { LiveEvent } from '#web/lib/live/event.ts';
import { useLive } from '#web/lib/live/index.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { changeMessages, messagesQuery } from './messages-query.ts';
import { refreshMessages } from './refresh-messages.ts';
import { hasGap, threadOf, withoutLive, withPieces, type Piece } from './thread-state.ts';

/** Text is shown so often; more is not seen. */
const FRAME_MS = 33;
/** What is stored follows what came live by a quarter of a second. */
const GAP_MS = 300;

const types = ['message.*', 'tool.*', 'live.online'];

/** Pieces of text of all threads that are known, put in a few times a second. */
function createInbox() {
  const waiting = new Map<string, Piece[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const looked = new Map<string, number>();

  /** Reads again what is missing between stored and live text, now and then. */
  function mend(threadId: string): void {
    const state = queryClient.getQueryData(messagesQuery(threadId).queryKey);
    if (!state || !hasGap(state) || performance.now() - (looked.get(threadId) ?? 0) < GAP_MS) return;
    looked.set(threadId, performance.now());
    void refreshMessages(threadId);
  }

  function empty(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const [threadId, pieces] of waiting) {
      changeMessages(threadId, (state) => withPieces(state, pieces));
      mend(threadId);
    }
    waiting.clear();
  }

  return {
    empty,
    take: (threadId: string, piece: Piece) => {
      waiting.set(threadId, [...(waiting.get(threadId) ?? []), piece]);
      timer ??= setTimeout(empty, FRAME_MS);
    },
  };
}

const inbox = createInbox();

function hear({ type, subject, payload }: LiveEvent): void {
  const threadId = threadOf(subject);
  if (threadId === undefined) return;
  if (type === 'message.delta') {
    inbox.take(threadId, payload as unknown as Piece);
    return;
  }
  // In the order in which it was said.
  inbox.empty();
  if (type === 'message.reset') {
    changeMessages(threadId, (state) => withoutLive(state, String(payload['message_id'])));
  }
  void refreshMessages(threadId);
}

/** Keeps the messages of every thread that was opened up to date. */
export function useMessageEvents(threadId: string | undefined): void {
  const handle = useCallback(
    (event: LiveEvent) => {
      if (event.type !== 'live.online') hear(event);
      else if (threadId !== undefined) void refreshMessages(threadId);
    },
    [threadId],
  );
  useLive(types, handle);
  // What was put off when the page was left.
  useEffect(() => inbox.empty, []);
}
