import type { NewLaneItem } from '#platform/db/index.ts';
import type { Message } from './contract.ts';
import { threadLane } from './service.ts';

/** The kind of the lane items that answer a message. */
export const TURN = 'turn';

/** The work of answering a message. With the same `dedupe_key` it is enqueued once. */
export function turnItem({ id, thread_id, user_id, turn_id }: Message, dedupe_key: string): NewLaneItem {
  return {
    key: threadLane(thread_id),
    user_id,
    type: 'dialog',
    kind: TURN,
    payload: { message_id: id, turn_id },
    dedupe_key,
  };
}
