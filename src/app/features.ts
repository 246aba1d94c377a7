import { activityFeature } from '#features/activity/feature.ts';
import { assistantsFeature } from '#features/assistants/feature.ts';
import { ensureBuiltInTools, ownsAssistant } from '#features/assistants/index.ts';
import { conversationsFeature } from '#features/conversations/feature.ts';
import { loadTurns } from '#features/conversations/index.ts';
import { memoryFeature } from '#features/memory/feature.ts';
import { memoryTool } from '#features/memory/index.ts';
import { contextLines, createModels, OFFLINE_MODEL, type Models } from '#features/models/index.ts';
import { notificationsFeature } from '#features/notifications/feature.ts';
import { remindersFeature } from '#features/reminders/feature.ts';
import { reminderKind, reminderTool } from '#features/reminders/index.ts';
import { schedulesFeature } from '#features/schedules/feature.ts';
import { timeTool, type ScheduleKind } from '#features/schedules/index.ts';
import { toolsFeature } from '#features/tools/feature.ts';
import { usersFeature } from '#features/users/feature.ts';
import { createUser, type NewUser, type User } from '#features/users/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { Route } from '#platform/http/route.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import type { Config } from './config.ts';

/** All features of the program, put together. */
export interface Features {
  list: Feature[];
  routes: Route[];
  /** What fires, by the kind of schedule. */
  scheduleKinds: ScheduleKind[];
  /** The handlers of some lane scopes. */
  handlers(scopes: string[]): LaneHandler[];
  /** Brings the rows that come with the program to this version. */
  prepare(): Promise<void>;
  /** Loads what running turns needs and nothing else does. */
  loadTurns(): Promise<void>;
  /** Makes an account with everything every account has. */
  createUser(user: NewUser): Promise<User>;
}

/** The tools every installation has, in the order people see them. */
const builtInTools = [timeTool, reminderTool, memoryTool];

function modelsOf({ models }: Config) {
  return createModels({
    ...(models.default_model !== undefined && { default_model: models.default_model }),
    ...(models.compatible_base_url !== undefined && {
      compatible: {
        base_url: models.compatible_base_url,
        name: models.compatible_name,
        ...(models.compatible_api_key !== undefined && { api_key: models.compatible_api_key }),
      },
    }),
  });
}

function isKnown(models: Models, id: string): boolean {
  try {
    models.resolve(id);
    return true;
  } catch {
    return false;
  }
}

function redisOf({ redis, redisUrl }: Config): { url: string; queue: string } | undefined {
  if (redisUrl === undefined || redis.secretary_queue === undefined) return undefined;
  return { url: redisUrl, queue: redis.secretary_queue };
}

/** Adding a feature: its folder, its migration, and its line here. */
export function createFeatures(context: FeatureContext, config: Config): Features {
  const models = modelsOf(config);
  const redis = redisOf(config);
  const list: Feature[] = [
    usersFeature(context),
    assistantsFeature(context, { knowsModel: (id) => isKnown(models, id) }),
    toolsFeature(context, { ownsAssistant }),
    conversationsFeature(context, {
      executors: builtInTools,
      contextLines,
      models: {
        resolve: models.resolve,
        default_model: models.default_model,
        last_resort: OFFLINE_MODEL,
      },
    }),
    schedulesFeature(context),
    remindersFeature(context),
    memoryFeature(context),
    notificationsFeature(context, { redis }),
    activityFeature(context),
  ];
  return {
    list,
    routes: list.flatMap((feature) => feature.routes ?? []),
    scheduleKinds: [reminderKind({ redis: redis !== undefined })],
    handlers: (scopes) =>
      list
        .flatMap((feature) => feature.lanes ?? [])
        .filter(({ scope }) => scopes.includes(scope))
        .flatMap(({ handlers }) => handlers),
    prepare: async () =>
      await context.database.asSystem(async (tx) => await ensureBuiltInTools(tx, builtInTools)),
    loadTurns,
    createUser: async (user) => {
      const hooks = list.flatMap((feature) => feature.onUserCreated ?? []);
      return await context.database.asSystem(async (tx) => await createUser(tx, user, hooks));
    },
  };
}
