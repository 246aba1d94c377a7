import type { Database } from '#platform/db/index.ts';
import { pruneEvents } from '#platform/events/index.ts';
import { pruneAttempts } from '#platform/http/attempts.ts';
import { pruneRequests } from '#platform/http/idempotency-store.ts';
import { pruneTickets } from '#platform/http/stream-tickets.ts';
import { pruneLanes } from '#platform/lanes/index.ts';
import type { Logger } from '#platform/log/index.ts';
import type { Features } from './features.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long finished lane items are kept: what is doubled within it is recognised. */
const LANE_AGE_MS = 7 * DAY_MS;
/** How long a client may be away and still resume its event stream. */
const EVENT_AGE_MS = 7 * DAY_MS;

/** Once an hour removes what is past its age. Any number of processes may do it. Returns the way to end it. */
export function startHousekeeping({
  database,
  features,
  log,
}: {
  database: Database;
  features: Features;
  log: Logger;
}): () => void {
  async function run(): Promise<void> {
    const now = Date.now();
    await pruneLanes(database.system, new Date(now - LANE_AGE_MS));
    await pruneEvents(database.system, new Date(now - EVENT_AGE_MS));
    await pruneAttempts(database.system);
    await pruneRequests(database.system);
    await pruneTickets(database.system);
    for (const feature of features.list) await feature.prune?.(new Date(now));
  }
  const timer = setInterval(() => {
    run().catch((error: unknown) => log.error({ err: error }, 'housekeeping failed'));
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
