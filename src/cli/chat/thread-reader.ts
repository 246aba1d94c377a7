import type { Message } from '#features/conversations/index.ts';
import { bindCursor } from '#platform/http/bound-cursor.ts';
import { encodeCursor } from '#platform/http/pagination.ts';
import type { Api } from './api.ts';

/** Nothing more comes of these by itself: what waits for the user may come again. */
const settled: readonly string[] = [
  'complete',
  'stopped',
  'failed',
  'awaiting_approval',
] satisfies Message['status'][];

/** Reads a thread on from where it was, message by message. */
export interface ThreadReader {
  /** From here on only what is new. */
  skipToEnd(): Promise<void>;
  /**
   * Messages that are over, or wait for the user, and were not read before; those behind one that is being made wait for
   * it.
   */
  next(): Promise<Message[]>;
  /** One message as it is now. */
  again(seq: number): Promise<Message | undefined>;
}

/** @param place whose thread it is */
export function createThreadReader(
  api: Pick<Api, 'call'>,
  { thread_id, user_id }: { thread_id: string; user_id: string },
): ThreadReader {
  const path = `/api/threads/${thread_id}/messages`;
  let seq = 0;

  async function after(from: number, limit: number): Promise<Message[]> {
    // Made here, so that the end of a long thread is found without reading all of it.
    const { next_cursor } = bindCursor({ next_cursor: encodeCursor([from]) }, { user_id, path });
    const query = from === 0 ? '' : `&cursor=${next_cursor}`;
    return (await api.call<{ items: Message[] }>('GET', `${path}?limit=${limit}${query}`)).items;
  }
  const goesOnAfter = async (from: number) => (await after(from, 1)).length > 0;

  return {
    skipToEnd: async () => {
      if (!(await goesOnAfter(0))) return;
      // Messages count without a gap, oldest first: double to get beyond the end, then halve to it.
      let before = 1;
      let end = 1;
      while (await goesOnAfter(end)) {
        before = end;
        end *= 2;
      }
      while (end - before > 1) {
        const middle = Math.floor((before + end) / 2);
        if (await goesOnAfter(middle)) before = middle;
        else end = middle;
      }
      seq = end;
    },
    next: async () => {
      const messages = await after(seq, 200);
      const open = messages.findIndex(({ status }) => !settled.includes(status));
      const over = open === -1 ? messages : messages.slice(0, open);
      seq = over.at(-1)?.seq ?? seq;
      return over;
    },
    again: async (at) => (await after(at - 1, 1)).at(0),
  };
}
