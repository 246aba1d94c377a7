import type { Db } from '#platform/db/index.ts';

export interface Origin {
  thread_id: string;
  message_id: string;
}

/** Of each turn that still has one, the message it began with. */
export async function selectOrigins(
  db: Db,
  userId: string,
  turnIds: readonly string[],
): Promise<Map<string, Origin>> {
  if (turnIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('messages')
    .select(['turn_id', 'thread_id', 'id'])
    .where('user_id', '=', userId)
    .where('turn_id', 'in', turnIds)
    .where('role', '=', 'user')
    .where('superseded_by', 'is', null)
    .execute();
  return new Map(rows.map(({ turn_id, thread_id, id }) => [turn_id, { thread_id, message_id: id }]));
}
