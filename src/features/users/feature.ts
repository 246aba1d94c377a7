import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { userRoutes } from './routes.ts';

/** Accounts and the tokens that open them. */
export function usersFeature({ database }: FeatureContext): Feature {
  return { name: 'users', routes: userRoutes(database) };
}
