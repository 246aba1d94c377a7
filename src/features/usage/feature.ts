import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { usageRoutes } from './routes.ts';

/** What models were used for, and what it cost. */
export function usageFeature({ database }: FeatureContext): Feature {
  return { name: 'usage', routes: usageRoutes(database) };
}
