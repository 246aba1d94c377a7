import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import type { Message } from './contract.ts';
import { selectFinalReply } from './queries.ts';

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

/**
 * Sends, then waits for the end of the turn, wherever it is worked. Listening begins before the message is
 * committed, so that no reply is too quick to be heard.
 */
export async function sendAndWait<T extends { turn_id: string }>(
  { database, signals }: { database: Database; signals: Signals },
  options: WaitOptions,
  send: () => Promise<T>,
): Promise<Waited<T>> {
  let changed = false;
  let wakeUp = () => {};
  const unsubscribe = signals.subscribe(`user:${options.user_id}`, () => {
    changed = true;
    wakeUp();
  });
  const onAbort = () => wakeUp();
  options.signal.addEventListener('abort', onAbort);
  try {
    const sent = await send();
    const deadline = performance.now() + options.wait_ms;
    for (;;) {
      changed = false;
      const reply = await database.asUser(
        options.user_id,
        async (tx) => await selectFinalReply(tx.db, sent.turn_id),
      );
      const left = deadline - performance.now();
      if (reply || left <= 0 || options.signal.aborted) return { sent, reply };
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
    options.signal.removeEventListener('abort', onAbort);
  }
}
