import { record } from '#features/activity/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Message } from '../contract.ts';

/** Tells the activity list that a message got no answer. */
export async function recordFailure(tx: Tx, message: Message, problem: string): Promise<void> {
  await record(tx, {
    user_id: message.user_id,
    actor: 'system',
    type: 'message.failed',
    level: 'error',
    message: `A message was not answered: ${problem}`,
    subject: `thread:${message.thread_id}`,
  });
}

/** Tells the activity list that another model answered than the wanted one. */
export async function recordFallback(
  tx: Tx,
  message: Message,
  wanted: string,
  answered: string,
): Promise<void> {
  await record(tx, {
    user_id: message.user_id,
    actor: 'system',
    type: 'model.fallback',
    level: 'warning',
    message: `${wanted} could not answer, ${answered} did instead`,
    subject: `thread:${message.thread_id}`,
  });
}
