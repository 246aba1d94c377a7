import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { memoryRoutes } from './routes.ts';

/** Facts kept for a user, and finding them again. */
export function memoryFeature({ database }: FeatureContext): Feature {
  return { name: 'memory', routes: memoryRoutes(database) };
}
