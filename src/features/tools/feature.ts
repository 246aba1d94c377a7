import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { secretsColumn } from './http/index.ts';
import { toolRoutes } from './routes.ts';
import type { OwnsAssistant } from './service.ts';

/** What assistants may call: the built-in tools and the user's own. */
export function toolsFeature(
  context: FeatureContext,
  { ownsAssistant }: { ownsAssistant: OwnsAssistant },
): Feature {
  return { name: 'tools', routes: toolRoutes(context, ownsAssistant), encrypted: [secretsColumn] };
}
