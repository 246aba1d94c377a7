import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { scheduleMcpTools } from './mcp.ts';
import { moveToZone } from './move-to-zone.ts';
import { pruneSystemOccurrences } from './queries/system.ts';
import { reconcileHourly } from './reconcile/hourly.ts';
import { scheduleRoutes } from './routes.ts';

/** How long it is kept what became of the program's own schedules. */
const SYSTEM_AGE_MS = 30 * 86_400_000;

/** The time rules of reminders and tasks. */
export function schedulesFeature({ database }: FeatureContext): Feature {
  return {
    name: 'schedules',
    routes: scheduleRoutes(database),
    mcp: scheduleMcpTools(database),
    lanes: [{ scope: 'system', handlers: [reconcileHourly(database)] }],
    prune: async (now) =>
      await pruneSystemOccurrences(database.system, new Date(now.getTime() - SYSTEM_AGE_MS)),
    onTimezoneChanged: async (tx, { id, timezone }) => await moveToZone(tx, id, timezone),
  };
}
