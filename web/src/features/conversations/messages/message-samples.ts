import type { ChatMessage, ChatTool } from './message.ts';

const AT = '2026-11-21T09:00:00.000Z';

/** A message for tests; its id follows from its seq. */
export function aMessage(fields: Partial<ChatMessage> = {}): ChatMessage {
  const { seq = 1 } = fields;
  return {
    id: `m${seq}`,
    thread_id: 't',
    user_id: 'u',
    turn_id: `turn${Math.ceil(seq / 2)}`,
    seq,
    role: seq % 2 === 1 ? 'user' : 'assistant',
    parts: [{ type: 'text', text: `text ${seq}` }],
    status: 'complete',
    channel: 'web',
    external_id: null,
    model: null,
    usage: null,
    cost_usd: null,
    error: null,
    tainted: false,
    superseded_by: null,
    created_at: AT,
    updated_at: AT,
    ...fields,
  };
}

export function aTool(fields: Partial<Extract<ChatTool, { state: 'output-available' }>> = {}): ChatTool {
  return {
    type: 'tool-reminder',
    toolCallId: 'call-1',
    input: {},
    toolMetadata: { step: 1 },
    state: 'output-available',
    output: {},
    ...fields,
  };
}
