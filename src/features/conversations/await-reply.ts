import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import type { Message } from './contract.ts';
import { selectSettledReply } from './queries/turns.ts';

/** Hints may be lost: without one the table is read this often. */
const BACKSTOP_MS = 1_000;

export interface Waited<T> {
  sent: T;
  /** Undefined when there was none in time. */
  reply: Message | undefined;
}

export interface WaitOptions {
  user_id: string;
  wait_ms: number;
  /** The client's: nobody waits for one that is gone. */
  signal: AbortSignal;
}

/** Hinted when the turn's reply is over: each other event of the user would mean a look at the table for nothing. */
export function turnTopic(turnId: string): string {
  return `turn:${turnId}`;
}

/** Sends, then waits for the end of the turn, wherever it is worked. A message that is superseded gets no reply any more. */
export async function sendAndWait<T extends Pick<Message, 'turn_id' | 'superseded_by'>>(
  { database, signals }: { database: Database; signals: Signals },
  { user_id, wait_ms, signal }: WaitOptions,
  send: () => Promise<T>,
): Promise<Waited<T>> {
  const sent = await send();
  const deadline = performance.now() + wait_ms;
  let changed = false;
  let wakeUp = () => {};
  const wake = () => {
    changed = true;
    wakeUp();
  };
  // Before the first look, so that no reply is too quick to be heard of.
  const unsubscribe = signals.subscribe(turnTopic(sent.turn_id), wake);
  signal.addEventListener('abort', wake);
  try {
    for (;;) {
      changed = false;
      const reply = await database.asUser(
        user_id,
        async (tx) => await selectSettledReply(tx.db, sent.turn_id),
      );
      const left = deadline - performance.now();
      if (reply || sent.superseded_by !== null || left <= 0 || signal.aborted) return { sent, reply };
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, BACKSTOP_MS));
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
        if (changed) wakeUp();
      });
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', wake);
  }
}
