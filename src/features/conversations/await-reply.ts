import type { Database } from '#platform/db/index.ts';
import { lookUntil, type Signals } from '#platform/events/index.ts';
import type { Message } from './contract.ts';
import { selectSettledReply } from './queries/turns.ts';

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
  const reply = await lookUntil(
    { signals, topic: turnTopic(sent.turn_id), wait_ms, signal },
    async () => await database.asUser(user_id, async (tx) => await selectSettledReply(tx.db, sent.turn_id)),
    (found) => found !== undefined || sent.superseded_by !== null,
  );
  return { sent, reply };
}
