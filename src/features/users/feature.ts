import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { deleteExpiredTokens } from './queries.ts';
import { userRoutes } from './routes.ts';

/** Expired tokens are kept for so long, so that their owner still sees what became of them. */
const EXPIRED_AGE_MS = 30 * 86_400_000;

/** Accounts and the tokens that open them. */
export function usersFeature({ database }: FeatureContext): Feature {
  return {
    name: 'users',
    routes: userRoutes(database),
    prune: async (now) =>
      await deleteExpiredTokens(database.system, new Date(now.getTime() - EXPIRED_AGE_MS)),
  };
}
