import { readAttachment } from '#features/attachments/index.ts';
import type { Meaning } from '#features/memory/index.ts';
import type { ToolExecutor } from '#features/tools/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { Storage } from '#platform/storage/index.ts';
import { turnHandler } from './jobs.ts';
import { chatMcpTools } from './mcp.ts';
import { pruneClientThreads } from './queries/client-threads.ts';
import { conversationRoutes } from './routes.ts';
import { turnSources, type ContextLines } from './turn-sources.ts';
import { defaultLimits, type TurnLimits } from './turns/limits.ts';
import type { TurnModels } from './turns/models.ts';

export interface ConversationParts {
  /** What carries out the tools of each type. */
  executors: readonly ToolExecutor[];
  models: TurnModels;
  contextLines: ContextLines;
  /** Facts that are near to a message in meaning are told with it. */
  meaning?: Meaning;
  /** Where users' files are. */
  storage: Storage;
  limits?: Partial<TurnLimits>;
}

/** How long a conversation of a client of `/v1` is kept that is not gone on with, ms. */
const CLIENT_THREADS_MS = 30 * 86_400_000;

/** Threads, their messages, and the turns that answer them on the lanes `thread:…`. */
export function conversationsFeature(
  { database, signals, log }: FeatureContext,
  { executors, models, contextLines, meaning, storage, limits }: ConversationParts,
): Feature {
  const sources = turnSources({ database, executors, contextLines, meaning });
  const turns = turnHandler({
    signals,
    log,
    sources,
    models,
    limits: { ...defaultLimits, ...limits },
    readFile: async (userId, id) => await readAttachment({ database, storage }, userId, id),
  });
  return {
    name: 'conversations',
    routes: conversationRoutes({ database, signals }),
    mcp: chatMcpTools({ database, signals }),
    lanes: [{ scope: 'thread', handlers: [turns] }],
    prune: async (now) =>
      await pruneClientThreads(database.system, new Date(now.getTime() - CLIENT_THREADS_MS)),
  };
}
