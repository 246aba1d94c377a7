import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { accountRoutes, type AccountRules } from './routes/accounts.ts';
import { exportRoute, type ExportOptions } from './routes/export.ts';
import { meRoutes, type OwnerRules } from './routes/me.ts';

export interface UsersOptions extends AccountRules, OwnerRules {
  exports: ExportOptions;
}

/** Accounts: one's own, and for admins everyone's. What opens them is of the feature `auth`. */
export function usersFeature({ database }: FeatureContext, options: UsersOptions): Feature {
  return {
    name: 'users',
    routes: [
      ...meRoutes(database, options),
      exportRoute(database, options.exports),
      ...accountRoutes(database, options),
    ],
  };
}
