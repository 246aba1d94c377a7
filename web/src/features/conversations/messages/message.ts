import type { messageSchema, messagePartSchema } from '#features/conversations/contract.ts';
import type { Wire } from '#web/lib/wire.ts';

export type ChatMessage = Wire<typeof messageSchema>;
export type ChatPart = Wire<typeof messagePartSchema>;
export type ChatTool = Exclude<ChatPart, { type: 'text' | 'file' }>;
export type ChatFile = Extract<ChatPart, { type: 'file' }>;
export type ChatText = Extract<ChatPart, { type: 'text' }>;

export function isText(part: ChatPart): part is ChatText {
  return part.type === 'text';
}

export function isTool(part: ChatPart): part is ChatTool {
  return part.type.startsWith('tool-');
}

export function filesOf({ parts }: Pick<ChatMessage, 'parts'>): ChatFile[] {
  return parts.filter((part) => part.type === 'file');
}

/** All text of a message in one: offsets of live text count in it. */
export function textOf({ parts }: Pick<ChatMessage, 'parts'>): string {
  return parts.map((part) => (isText(part) ? part.text : '')).join('');
}

/** Whether nothing more comes of it. */
export function isOver({ status }: Pick<ChatMessage, 'status'>): boolean {
  return status === 'complete' || status === 'stopped' || status === 'failed';
}

/** Whether it goes on only when the user has decided something. */
export function isAwaiting({ status }: Pick<ChatMessage, 'status'>): boolean {
  return status === 'awaiting_approval';
}
