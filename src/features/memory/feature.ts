import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { embedMemories } from './jobs.ts';
import type { Meaning } from './meaning/meaning.ts';
import { memoryMcpTools } from './mcp.ts';
import { memoryRoutes } from './routes.ts';

/** Facts kept for a user, and finding them again. @param meaning with it, by what they mean as well */
export function memoryFeature({ database }: FeatureContext, meaning?: Meaning): Feature {
  return {
    name: 'memory',
    routes: memoryRoutes(database, meaning),
    mcp: memoryMcpTools(database, meaning),
    ...(meaning && { lanes: [{ scope: 'memory', handlers: [embedMemories(meaning)] }] }),
  };
}
