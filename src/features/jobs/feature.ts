import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import { jobRoutes } from './routes.ts';

export interface JobOptions {
  /** The handler of a kind of items. */
  handlerOf(kind: string): LaneHandler | undefined;
}

/** Lane items for people: what waits, what was given up, and what admins do about it. */
export function jobsFeature({ database }: FeatureContext, { handlerOf }: JobOptions): Feature {
  return { name: 'jobs', routes: jobRoutes(database, handlerOf) };
}
