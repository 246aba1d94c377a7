import type { Page } from '#web/lib/wire.ts';
import type { ChatMessage } from './message.ts';
import { bySeq, isSame, type Read } from './thread-state.ts';

/** A gap of more pages than these is not joined to what is known: that is read again when it is looked at. */
const MAX_GAP_PAGES = 5;
/** An edit supersedes all behind it, but for a few that belong to turns before it: so many are looked at. */
const SETTLED = 10;

export type ReadPage = (cursor: string | undefined) => Promise<Page<ChatMessage>>;

/**
 * Reads from the newest message back, until nothing has changed any more; once when nothing is known. Pages come newest
 * first.
 */
export async function readNewest(readPage: ReadPage, known: readonly ChatMessage[]): Promise<Read> {
  const messages: ChatMessage[] = [];
  let cursor: string | null | undefined;
  for (let pages = 1; ; pages++) {
    const { items, next_cursor } = await readPage(cursor ?? undefined);
    messages.unshift(...items.toReversed());
    cursor = next_cursor;
    const oldest = items.slice(-SETTLED);
    const isSettled = oldest.every((message) => isSame(bySeq(known, message.seq), message));
    const first = messages[0]?.seq ?? 0;
    const isBelow = first <= (known[0]?.seq ?? Infinity);
    const isApart = first > (known.at(-1)?.seq ?? 0) && pages === MAX_GAP_PAGES;
    if (cursor === null || isSettled || isBelow || isApart) break;
  }
  return { messages, older: cursor ?? null };
}
