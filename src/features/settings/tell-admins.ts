import type { NewEvent, Tx } from '#platform/db/index.ts';
import { selectActiveAdmins } from './queries.ts';

/** An event on the screens of all admins whose accounts are open. For the system role. */
export async function tellAdmins(tx: Tx, event: Omit<NewEvent, 'user_id'>): Promise<void> {
  for (const user_id of await selectActiveAdmins(tx.db)) tx.emit({ ...event, user_id });
}
