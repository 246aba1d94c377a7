import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { ProviderPart } from './provider-part.ts';
import { settingsRoutes } from './routes.ts';

/** What an admin sets for the whole installation, live. */
export function settingsFeature(
  { database }: FeatureContext,
  { providers }: { providers: ProviderPart },
): Feature {
  return { name: 'settings', routes: settingsRoutes(database, providers) };
}
