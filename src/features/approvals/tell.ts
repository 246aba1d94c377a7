import type { NewEvent } from '#platform/db/index.ts';
import type { Approval } from './contract.ts';

function payloadOf({ id, thread_id, message_id, tool_call_id, request, status }: Approval) {
  return { approval_id: id, thread_id, message_id, tool_call_id, tool: request.tool, status };
}

/** Something waits for the user's decision. */
export function requestedEvent(user_id: string, approval: Approval): NewEvent {
  return {
    user_id,
    type: 'approval.requested',
    subject: `approval:${approval.id}`,
    payload: payloadOf(approval),
  };
}

/** It was decided, or can't be any more. */
export function decidedEvent(user_id: string, approval: Approval): NewEvent {
  return {
    user_id,
    type: 'approval.decided',
    subject: `approval:${approval.id}`,
    payload: payloadOf(approval),
  };
}
