import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { deleteCleared } from './queries/alerts.ts';
import { alertRoutes } from './routes.ts';

/** How long one that was cleared is kept. */
const CLEARED_AGE_MS = 90 * 24 * 3_600_000;

/** What is wrong now or was: nothing fails without one. */
export function alertsFeature({ database }: FeatureContext): Feature {
  return {
    name: 'alerts',
    routes: alertRoutes(database),
    prune: async (now) => await deleteCleared(database.system, new Date(now.getTime() - CLEARED_AGE_MS)),
  };
}
