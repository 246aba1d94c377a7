import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { amendProblem } from './errors.ts';
import { openAiRoutes } from './routes.ts';

/** Assistants for everything that can talk to OpenAI's chat API. */
export function openAiDoorFeature(
  { database, signals, log }: FeatureContext,
  { publicUrl }: { publicUrl: string | undefined },
): Feature {
  return {
    name: 'openai-door',
    routes: openAiRoutes({ database, signals, log, publicUrl }),
    problems: { below: '/v1/', amend: amendProblem },
  };
}
