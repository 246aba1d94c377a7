import { isAwaiting, isOver, textOf, type ChatMessage } from './message.ts';

/** More is not read out: it can be read in its place. */
const MAX_LENGTH = 600;

function isSettled(message: ChatMessage): boolean {
  return isOver(message) || isAwaiting(message);
}

function stateOf({ id, status }: ChatMessage): string {
  return `${id} ${status}`;
}

/** Replies that were being made and now are over or wait for the user, or came behind all that was known. */
export function nowSettled(before: readonly ChatMessage[], after: readonly ChatMessage[]): ChatMessage[] {
  const known = new Set(before.filter(isSettled).map(stateOf));
  const newest = before.at(-1)?.seq ?? 0;
  const open = new Set(before.filter((message) => !isOver(message)).map(({ id }) => id));
  return after
    .slice(-20)
    .filter((message) => message.role === 'assistant' && message.superseded_by === null && isSettled(message))
    .filter((message) => !known.has(stateOf(message)) && (open.has(message.id) || message.seq > newest));
}

/** What is said of a reply to who can't see it. */
export function spokenText(message: Pick<ChatMessage, 'parts'>): string {
  const text = textOf(message).trim();
  if (text.length <= MAX_LENGTH) return text;
  const cut = text.slice(0, MAX_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_LENGTH / 2))}…`;
}
