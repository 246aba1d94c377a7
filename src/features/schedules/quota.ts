import type { Db } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import { countActive } from './queries.ts';

const MAX_ACTIVE_PER_USER = 10_000;

/** @throws AppError 'schedules.quota' when a user can have no more active schedules */
export async function checkQuota(db: Db, userId: string): Promise<void> {
  if ((await countActive(db, userId)) < MAX_ACTIVE_PER_USER) return;
  throw new AppError({
    code: 'schedules.quota',
    kind: 'conflict',
    message: `There are ${MAX_ACTIVE_PER_USER} active schedules already: cancel some first`,
  });
}
