import type { Database } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { Caller } from '#platform/http/route.ts';
import type { Reminder, UpdateReminder } from './contract.ts';
import { ownerOf } from './queries.ts';
import { updateReminder } from './service.ts';

/** The scope of a service that follows everyone's active reminders. */
export const SEES_ALL = 'system:read';
/** The scope of a service that completes or pauses anybody's reminder. */
export const SETS_ALL = 'system:reminders';

/**
 * Changes the caller's own reminder, or with `system:reminders` the status of anybody's.
 * @throws AppError 'reminders.not_found'; 'auth.scope' for anything but the status of another's
 */
export async function changeReminder(
  database: Database,
  caller: Caller,
  id: string,
  body: UpdateReminder,
): Promise<Reminder> {
  const { user_id, scopes } = caller;
  const owner = scopes.includes(SETS_ALL) ? ((await ownerOf(database.system, id)) ?? user_id) : user_id;
  const isOwn = owner === user_id && scopes.includes('reminders:write');
  if (!isOwn && Object.keys(body).some((field) => field !== 'status')) {
    throw new AppError({
      code: 'auth.scope',
      kind: 'forbidden',
      message: `${SETS_ALL} changes the status and nothing else`,
    });
  }
  return await database.asUser(
    owner,
    async (tx) => await updateReminder(tx, owner, id, body, isOwn ? 'user' : 'system'),
  );
}
