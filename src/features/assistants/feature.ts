import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { KnowsModel } from './models.ts';
import { assistantRoutes } from './routes/assistants.ts';
import { toolLinkRoutes } from './routes/tool-links.ts';
import { giveSecretary } from './tool-links.ts';

/** Personas: their models, instructions and tools. */
export function assistantsFeature(
  { database }: FeatureContext,
  { knowsModel }: { knowsModel: KnowsModel },
): Feature {
  return {
    name: 'assistants',
    routes: [...assistantRoutes(database, knowsModel), ...toolLinkRoutes(database)],
    onUserCreated: giveSecretary,
  };
}
