import { isOver, textOf, type ChatMessage } from './message.ts';

/** More is not read out: it can be read in its place. */
const MAX_LENGTH = 600;

/** Replies that were being made and now are over, or came behind all that was known. */
export function nowOver(before: readonly ChatMessage[], after: readonly ChatMessage[]): ChatMessage[] {
  const wasOver = new Set(before.filter(isOver).map(({ id }) => id));
  const newest = before.at(-1)?.seq ?? 0;
  const open = new Set(before.filter((message) => !isOver(message)).map(({ id }) => id));
  return after
    .slice(-20)
    .filter((message) => message.role === 'assistant' && message.superseded_by === null && isOver(message))
    .filter(({ id, seq }) => !wasOver.has(id) && (open.has(id) || seq > newest));
}

/** What is said of a reply to who can't see it. */
export function spokenText(message: Pick<ChatMessage, 'parts'>): string {
  const text = textOf(message).trim();
  if (text.length <= MAX_LENGTH) return text;
  const cut = text.slice(0, MAX_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_LENGTH / 2))}…`;
}
