import { addRun, withRuns, type Run } from './live-text.ts';
import { isOver, textOf, type ChatMessage } from './message.ts';

/** What is known of a thread's messages. */
export interface ThreadState {
  /** As they are stored: oldest first, without a gap, up to the newest that is known. */
  messages: readonly ChatMessage[];
  /** Where the older ones go on; null when these are all. */
  older: string | null;
  /** Text that came live, by message. */
  live: Readonly<Record<string, readonly Run[]>>;
}

/** Messages as they were read just now: oldest first, without a gap. */
export interface Read {
  messages: readonly ChatMessage[];
  older: string | null;
}

/** Which thread an event is about: `thread:<id>`. */
export function threadOf(subject: string | null): string | undefined {
  return subject?.startsWith('thread:') === true ? subject.slice('thread:'.length) : undefined;
}

/** Whether reading it again brought nothing new. */
export function isSame(known: ChatMessage | undefined, read: ChatMessage): boolean {
  return (
    known !== undefined &&
    known.id === read.id &&
    known.updated_at === read.updated_at &&
    known.status === read.status &&
    known.superseded_by === read.superseded_by &&
    known.parts.length === read.parts.length &&
    textOf(known).length === textOf(read).length
  );
}

export function bySeq(messages: readonly ChatMessage[], seq: number): ChatMessage | undefined {
  const first = messages[0];
  // They count without a gap.
  return first && messages[seq - first.seq];
}

/** Live text of messages that may still grow, or are not known yet. */
function stillLive(live: ThreadState['live'], messages: readonly ChatMessage[]): ThreadState['live'] {
  const over = new Set(messages.filter(isOver).map(({ id }) => id));
  const kept = Object.entries(live).filter(([id]) => !over.has(id));
  return kept.length === Object.keys(live).length ? live : Object.fromEntries(kept);
}

/** What was read takes the place of what was known; a message that is the same stays the same object. */
export function merge(state: ThreadState | undefined, read: Read): ThreadState {
  const [first] = read.messages;
  const last = read.messages.at(-1);
  const known = state?.messages ?? [];
  const [knownFirst] = known;
  if (!first || !last || !knownFirst || !state) {
    return { messages: read.messages, older: read.older, live: state?.live ?? {} };
  }
  const fresh = read.messages.map((message) => {
    const before = bySeq(known, message.seq);
    return before && isSame(before, message) ? before : message;
  });
  const live = stillLive(state.live, fresh);
  const hasGap = known.at(-1)!.seq < first.seq - 1 || last.seq < knownFirst.seq - 1;
  if (hasGap) return { messages: fresh, older: read.older, live };
  return {
    messages: [
      ...known.filter(({ seq }) => seq < first.seq),
      ...fresh,
      // Sent while the others were read.
      ...known.filter(({ seq }) => seq > last.seq),
    ],
    older: first.seq <= knownFirst.seq ? read.older : state.older,
    live,
  };
}

/** With a message that was answered to us; unchanged when others are missing before it. */
export function withMessage(state: ThreadState, message: ChatMessage): ThreadState {
  const last = state.messages.at(-1);
  if (last && message.seq > last.seq + 1) return state;
  // Sent long ago, and answered once more: it stands above what is loaded.
  if (message.seq < (state.messages[0]?.seq ?? 0)) return state;
  return merge(state, { messages: [message], older: state.older });
}

export interface Piece extends Run {
  message_id: string;
}

/** With text as it came. */
export function withPieces(state: ThreadState, pieces: readonly Piece[]): ThreadState {
  const live = { ...state.live };
  for (const { message_id, offset, text } of pieces) {
    live[message_id] = addRun(live[message_id] ?? [], { offset, text });
  }
  return { ...state, live };
}

/** What came live of the message does not stand. */
export function withoutLive(state: ThreadState, messageId: string): ThreadState {
  const { [messageId]: _, ...live } = state.live;
  return { ...state, live };
}

/** Whether live text can't be joined to what is stored: reading again will bring what is missing. */
export function hasGap({ messages, live }: ThreadState): boolean {
  const ids = Object.keys(live);
  return messages
    .slice(-20)
    .some((message) => ids.includes(message.id) && withRuns(message, live[message.id] ?? []).hasGap);
}
