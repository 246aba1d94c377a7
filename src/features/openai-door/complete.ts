import {
  askAsClient,
  isWholeReply,
  sendAndFollow,
  stopTurn,
  type Message,
} from '#features/conversations/index.ts';
import type { Database } from '#platform/db/index.ts';
import type { Signals } from '#platform/events/signals.ts';
import { approvalNotice } from './answer.ts';
import type { Asked } from './conversation.ts';

/** Longer than any turn may take. */
const LONGEST_MS = 15 * 60_000;

export interface DoorDeps {
  database: Database;
  signals: Signals;
}

export interface CompleteOptions extends Asked {
  user_id: string;
  assistant_id: string;
  /** Where people give approvals. */
  address: string;
  /** The client's: what is said for nobody is stopped. */
  signal: AbortSignal;
  /** The question is stored. */
  onSent?: (question: Message) => void;
  onText: (text: string) => void;
}

/** Asks and waits for the reply: over, or waiting for the user; undefined when it takes too long or nobody waits any more. */
export async function complete(
  { database, signals }: DoorDeps,
  {
    user_id,
    assistant_id,
    address,
    instructions,
    history,
    question,
    signal,
    onSent,
    onText,
  }: CompleteOptions,
): Promise<{ question: Message; reply: Message | undefined }> {
  const isReply = (text: string, reply: Message) =>
    isWholeReply(text, reply) || text.includes(approvalNotice(address));
  const { sent, reply } = await sendAndFollow(
    { database, signals },
    { user_id, signal, wait_ms: LONGEST_MS, onText },
    async () => {
      const message = await database.asUser(
        user_id,
        async (tx) =>
          await askAsClient(tx, { user_id, assistant_id, instructions, history, question, isReply }),
      );
      onSent?.(message);
      return message;
    },
  );
  if (signal.aborted && !reply)
    await database.asUser(user_id, async (tx) => await stopTurn(tx, sent.thread_id, sent.turn_id));
  return { question: sent, reply };
}
