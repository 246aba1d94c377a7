import type { Screen } from './screen.ts';

/** A reply that is shown while it is made. */
export interface ReplyView {
  /** Text as it came: `offset` counts in all text of the reply. */
  delta(messageId: string, offset: number, text: string): void;
  /** Which message is the reply; what came of it before is shown now. */
  is(messageId: string): void;
  /** What was shown may not stand: the rest waits for the end. */
  reset(messageId: string): void;
  /** The whole text, as it stays. */
  end(text: string): void;
}

export function createReplyView(screen: Pick<Screen, 'text' | 'endLine'>): ReplyView {
  // Deltas may come before we are told whose they are.
  const waiting: { messageId: string; offset: number; text: string }[] = [];
  let reply: string | undefined;
  let shown = '';
  let live = true;

  function show(offset: number, text: string): void {
    // A gap: some were lost on the way. The end has it all.
    if (offset > shown.length) live = false;
    if (!live) return;
    const added = text.slice(shown.length - offset);
    screen.text(added);
    shown += added;
  }

  return {
    delta: (messageId, offset, text) => {
      if (reply === undefined) waiting.push({ messageId, offset, text });
      else if (messageId === reply) show(offset, text);
    },
    is: (messageId) => {
      if (reply !== undefined) return;
      reply = messageId;
      for (const one of waiting.splice(0)) if (one.messageId === reply) show(one.offset, one.text);
    },
    reset: (messageId) => {
      if (messageId === reply && shown !== '') live = false;
    },
    end: (text) => {
      if (text.startsWith(shown)) {
        screen.text(text.slice(shown.length));
      } else {
        screen.endLine();
        screen.text(text);
      }
      screen.endLine();
    },
  };
}
