import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { activityRoutes } from './routes.ts';

/** The append-only log of what happened and why. */
export function activityFeature({ database }: FeatureContext): Feature {
  return { name: 'activity', routes: activityRoutes(database) };
}
