import { useSyncExternalStore } from 'react';
import { api } from '#web/lib/api.ts';
import { newId } from '#web/lib/new-id.ts';
import { Unreachable } from '#web/lib/problem.ts';
import { queryClient } from '#web/lib/query-client.ts';
import { storage } from '#web/lib/storage.ts';
import type { ChatMessage } from '../messages/message.ts';
import { changeMessages, messagesQuery } from '../messages/messages-query.ts';
import { refreshMessages } from '../messages/refresh-messages.ts';
import { withMessage } from '../messages/thread-state.ts';
import { parseOutbox, stillUnsent, type Unsent } from './unsent.ts';

const outboxes = new Map<string, readonly Unsent[]>();
const listeners = new Set<() => void>();
/** One after the other within a thread, so that messages arrive as they were written. */
const sending = new Map<string, Promise<void>>();
const underWay = new Set<string>();

const PREFIX = 'outbox.';
const keyOf = (threadId: string) => PREFIX + threadId;

// What another tab keeps is read again, so that neither writes over the other's.
storage.onOtherTab(PREFIX, (key) => {
  outboxes.delete(key.slice(PREFIX.length));
  for (const tell of listeners) tell();
});

function outboxOf(threadId: string): readonly Unsent[] {
  let outbox = outboxes.get(threadId);
  if (!outbox) {
    outbox = parseOutbox(storage.get(keyOf(threadId)));
    outboxes.set(threadId, outbox);
  }
  return outbox;
}

function put(threadId: string, outbox: readonly Unsent[]): void {
  outboxes.set(threadId, outbox);
  if (outbox.length === 0) storage.remove(keyOf(threadId));
  else storage.set(keyOf(threadId), JSON.stringify(outbox));
  for (const tell of listeners) tell();
}

function change(threadId: string, id: string, fields: Partial<Unsent>): void {
  put(
    threadId,
    outboxOf(threadId).map((one) => (one.client_message_id === id ? { ...one, ...fields } : one)),
  );
}

async function attempt(threadId: string, id: string): Promise<void> {
  const unsent = outboxOf(threadId).find(({ client_message_id }) => client_message_id === id);
  if (!unsent) return;
  const { text, files = [], edits } = unsent;
  try {
    const { message } = await api.post<{ message: ChatMessage }>(`/api/threads/${threadId}/messages`, {
      text,
      client_message_id: id,
      ...(files.length > 0 && { attachment_ids: files.map(({ attachment_id }) => attachment_id) }),
      ...(edits !== undefined && { edits }),
    });
    changeMessages(threadId, (state) => withMessage(state, message));
    const state = queryClient.getQueryData(messagesQuery(threadId).queryKey);
    const isMissing = stillUnsent([unsent], state?.messages ?? []).length > 0;
    if (edits !== undefined || isMissing) await refreshMessages(threadId);
    discard(threadId, id);
  } catch (error) {
    const why = error instanceof Unreachable || !(error instanceof Error) ? null : error.message;
    change(threadId, id, { status: 'failed', error: why });
  }
}

function enqueue(threadId: string, id: string): void {
  if (underWay.has(id)) return;
  underWay.add(id);
  const before = sending.get(threadId) ?? Promise.resolve();
  sending.set(
    threadId,
    before.then(async () => await attempt(threadId, id)).finally(() => underWay.delete(id)),
  );
}

/** Sends a message; it is kept until the server has it. */
export function send(
  threadId: string,
  { text, files, edits }: Pick<Unsent, 'text' | 'files' | 'edits'>,
): void {
  const client_message_id = newId();
  const unsent: Unsent = {
    client_message_id,
    text,
    files,
    edits,
    status: 'sending',
    error: null,
    at: new Date().toISOString(),
  };
  put(threadId, [...outboxOf(threadId), unsent]);
  enqueue(threadId, client_message_id);
}

export function sendAgain(threadId: string, id: string): void {
  change(threadId, id, { status: 'sending', error: null });
  enqueue(threadId, id);
}

export function discard(threadId: string, id: string): void {
  put(
    threadId,
    outboxOf(threadId).filter(({ client_message_id }) => client_message_id !== id),
  );
}

/** Goes on with what was being sent when the page was left. */
export function resumeSending(threadId: string): void {
  for (const { client_message_id, status } of outboxOf(threadId)) {
    if (status === 'sending') enqueue(threadId, client_message_id);
  }
}

export function useOutbox(threadId: string): readonly Unsent[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => outboxOf(threadId),
  );
}
