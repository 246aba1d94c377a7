import type { ToolExecutor } from '#features/tools/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { turnHandler } from './jobs.ts';
import { conversationRoutes } from './routes.ts';
import { turnSources } from './turn-sources.ts';
import { defaultLimits, type TurnLimits } from './turns/limits.ts';
import type { TurnSources } from './turns/open-turn.ts';
import type { TurnDeps } from './turns/run-turn.ts';

export interface ConversationParts {
  /** What carries out the tools of each type. */
  executors: readonly ToolExecutor[];
  models: TurnDeps['models'];
  contextLines: TurnSources['contextLines'];
  limits?: Partial<TurnLimits>;
}

/** Threads, their messages, and the turns that answer them on the lanes `thread:…`. */
export function conversationsFeature(
  { database, signals, log }: FeatureContext,
  { executors, models, contextLines, limits }: ConversationParts,
): Feature {
  const sources = turnSources(executors, contextLines);
  const turns = turnHandler({ signals, log, sources, models, limits: { ...defaultLimits, ...limits } });
  return {
    name: 'conversations',
    routes: conversationRoutes({ database, signals }),
    lanes: [{ scope: 'thread', handlers: [turns] }],
  };
}
