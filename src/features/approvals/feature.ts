import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { expireLate, type GoOn } from './decide.ts';
import { approvalRoutes } from './routes.ts';

/** Decisions asked of the user before a tool is called. */
export function approvalsFeature({ database }: FeatureContext, { goOn }: { goOn: GoOn }): Feature {
  return {
    name: 'approvals',
    routes: approvalRoutes(database, goOn),
    prune: async () => await expireLate(async (work) => await database.asSystem(work), goOn),
  };
}
