import type { NewLaneItem } from '#platform/db/index.ts';

export const EMBED = 'memory.embed';

/** Has vectors made of what a user's memories mean. */
export function embedItem(userId: string): NewLaneItem {
  return {
    key: `memory:${userId}`,
    user_id: userId,
    type: 'system',
    kind: EMBED,
    payload: {},
    priority: 'low',
  };
}
