import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Tx } from '#platform/db/index.ts';
import { limitLockWaits } from './queries/accounts.ts';

/** Well below PostgreSQL's `deadlock_timeout` (1 s), after which either side would be ended. */
const LOCK_TIMEOUT_MS = 200;
/** How long others are given way to, altogether. */
const PATIENCE_MS = 15_000;
/** Meanwhile the others get on, for up to this long. */
const PAUSE_MS = 50;

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * A transaction of the system role that needs more locks than it can take in the order others take them, while they
 * go on writing. It waits for each only shortly, then gives all back and begins anew, so that nobody else fails.
 * @throws the last error when that goes on for `PATIENCE_MS`
 */
export async function undisturbed<T>(
  database: Pick<Database, 'asSystem'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await database.asSystem(async (tx) => {
        await limitLockWaits(tx.db, LOCK_TIMEOUT_MS);
        return await work(tx);
      });
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== LOCK_NOT_AVAILABLE || performance.now() > until) throw error;
      await delay(Math.random() * PAUSE_MS);
    }
  }
}
