import type { Db } from '#platform/db/index.ts';
import { selectActiveUsers } from './queries/alerts.ts';

/** With more users than this, screens of those who are no admins hear of the system's alerts when they ask again. */
const MANY = 1_000;

/** Who hears of an alert: `owners` by every way, `others` by events on their screens alone. */
export async function audienceOf(
  db: Db,
  { user_id, level }: { user_id: string | null; level: 'warning' | 'error' },
): Promise<{ owners: string[]; others: string[] }> {
  if (user_id !== null) return { owners: [user_id], others: [] };
  const active = await selectActiveUsers(db, MANY + 1);
  const owners = active.filter(({ is_admin }) => is_admin).map(({ id }) => id);
  const others = active.filter(({ is_admin }) => !is_admin).map(({ id }) => id);
  return { owners, others: level === 'error' && active.length <= MANY ? others : [] };
}
