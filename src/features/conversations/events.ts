import type { NewEvent } from '#platform/db/index.ts';
import type { Message, Thread } from './contract.ts';

type MessageEventType = 'message.created' | 'message.reset' | 'message.completed' | 'message.failed';

type Told = Pick<Message, 'id' | 'user_id' | 'thread_id' | 'turn_id' | 'role' | 'status' | 'superseded_by'>;

/**
 * Something about a message, under its thread. `message.reset`: the text streamed so far is void, read the message
 * again; with `superseded_by`, another took its place, and with a user's message that of all after it.
 * `message.completed` ends a reply that was stopped, too: `status` says which.
 */
export function messageEvent(type: MessageEventType, message: Told): NewEvent {
  const { thread_id, turn_id, role, status, superseded_by } = message;
  return {
    user_id: message.user_id,
    type,
    subject: `thread:${thread_id}`,
    payload: {
      message_id: message.id,
      thread_id,
      turn_id,
      role,
      status,
      ...(superseded_by !== null && { superseded_by }),
    },
  };
}

/** A thread is there, has another name or place, or is gone. Its messages tell of themselves. */
export function threadEvent({ id, user_id }: Pick<Thread, 'id' | 'user_id'>): NewEvent {
  return { user_id, type: 'thread.updated', subject: `thread:${id}`, payload: { thread_id: id } };
}

/** Something about a tool call of a message. */
export function toolEvent(
  type: 'tool.started' | 'tool.finished',
  message: Told,
  call: { toolCallId: string; tool: string; ok?: boolean },
): NewEvent {
  const { thread_id, turn_id } = message;
  return {
    user_id: message.user_id,
    type,
    subject: `thread:${thread_id}`,
    payload: {
      message_id: message.id,
      thread_id,
      turn_id,
      tool_call_id: call.toolCallId,
      tool: call.tool,
      ...(call.ok === undefined ? {} : { ok: call.ok }),
    },
  };
}
