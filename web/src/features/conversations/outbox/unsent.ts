import type { ChatFile, ChatMessage } from '../messages/message.ts';

/** A message on its way to the server. */
export interface Unsent {
  /** Sent again with it, it is the same message. */
  client_message_id: string;
  text: string;
  /** Uploaded before. */
  files?: ChatFile[] | undefined;
  /** The message whose place it takes. */
  edits?: string | undefined;
  status: 'sending' | 'failed';
  /** Why it was refused; null when nobody answered. */
  error: string | null;
  at: string;
}

/** Those that are not among the thread's messages yet. */
export function stillUnsent(outbox: readonly Unsent[], messages: readonly ChatMessage[]): readonly Unsent[] {
  if (outbox.length === 0) return outbox;
  const stored = new Set(messages.slice(-200).map(({ external_id }) => external_id));
  return outbox.filter(({ client_message_id }) => !stored.has(client_message_id));
}

/** Reads what was kept of an outbox; what is no outbox holds nothing. */
export function parseOutbox(kept: string | null): readonly Unsent[] {
  if (kept === null) return [];
  try {
    const outbox: unknown = JSON.parse(kept);
    return Array.isArray(outbox) ? (outbox as Unsent[]) : [];
  } catch {
    return [];
  }
}
