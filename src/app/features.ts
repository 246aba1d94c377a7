import { join } from 'node:path';
import { activityFeature } from '#features/activity/feature.ts';
import { alertsFeature } from '#features/alerts/feature.ts';
import { assistantsFeature } from '#features/assistants/feature.ts';
import { ensureBuiltInTools, ownsAssistant } from '#features/assistants/index.ts';
import { authFeature } from '#features/auth/feature.ts';
import {
  checkNewPassword,
  confirmOwner,
  createAccess,
  createBrowsers,
  endSessions,
  revokeSystemTokens,
  setPasswordHash,
  userScopes,
  type Authenticate,
} from '#features/auth/index.ts';
import { checklistFeature } from '#features/checklist/feature.ts';
import { conversationsFeature } from '#features/conversations/feature.ts';
import { loadTurns } from '#features/conversations/index.ts';
import { jobsFeature } from '#features/jobs/feature.ts';
import { memoryFeature } from '#features/memory/feature.ts';
import { memoryTool } from '#features/memory/index.ts';
import { modelsFeature } from '#features/models/feature.ts';
import { contextLines, createModels, OFFLINE_MODEL, type Models } from '#features/models/index.ts';
import { notificationsFeature } from '#features/notifications/feature.ts';
import { remindersFeature } from '#features/reminders/feature.ts';
import { reminderKind, reminderTool } from '#features/reminders/index.ts';
import { schedulesFeature } from '#features/schedules/feature.ts';
import { ensureHourly, systemKind, timeTool, type ScheduleKind } from '#features/schedules/index.ts';
import { settingsFeature } from '#features/settings/feature.ts';
import { toolsFeature } from '#features/tools/feature.ts';
import { usersFeature } from '#features/users/feature.ts';
import { createUser, type NewUser, type User } from '#features/users/index.ts';
import type { EncryptedColumn } from '#platform/encryption/index.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { Route } from '#platform/http/route.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import type { Config } from './config.ts';

/** All features of the program, put together. */
export interface Features {
  list: Feature[];
  routes: Route[];
  /** Who a request is from, and what they may do. */
  authenticate: Authenticate;
  /** Every column of sealed values. */
  encrypted: EncryptedColumn[];
  /** What fires, by the kind of schedule. */
  scheduleKinds: ScheduleKind[];
  /** The handlers of some lane scopes. */
  handlers(scopes: string[]): LaneHandler[];
  /** Brings the rows that come with the program to this version. */
  prepare(): Promise<void>;
  /** Loads what running turns needs and nothing else does. */
  loadTurns(): Promise<void>;
  /** Makes an account with everything every account has; without a password, none opens it. */
  createUser(user: NewUser, password_hash?: string | null): Promise<User>;
}

/** Of requests that may be repeated, see `platform/http/idempotency.ts`. */
const keptAnswers: EncryptedColumn = { table: 'idempotency_keys', column: 'answer' };

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
  const channels = { redis: redis !== undefined };
  const browsers = createBrowsers(context, { public_url: config.http.public_url });
  const access = createAccess(context, {
    issuer: config.http.public_url,
    sessionOfCookie: browsers.sessionOfCookie,
  });
  const createWholeUser = async (tx: Tx, account: NewUser, password_hash?: string | null): Promise<User> => {
    const user = await createUser(
      tx,
      account,
      list.flatMap((feature) => feature.onUserCreated ?? []),
    );
    if (password_hash) await setPasswordHash(tx, user.id, password_hash);
    return user;
  };
  const list: Feature[] = [
    usersFeature(context, {
      createUser: createWholeUser,
      hashNewPassword: async (password, owner) => {
        await checkNewPassword(password, owner);
        return await hashPassword(password);
      },
      confirmOwner: async (asking, password) => await confirmOwner(context.database, asking, password),
      endAccess: async (tx, user_id, why) => {
        await endSessions(tx, user_id, { reason: why === 'disabled' ? 'user_disabled' : 'role_changed' });
        if (why === 'demoted') await revokeSystemTokens(tx, user_id);
      },
      onTimezoneChanged: async (tx, user) => {
        for (const feature of list) await feature.onTimezoneChanged?.(tx, user);
      },
      exports: {
        directory: join(config.dataDirectory, 'exports'),
        scopes: userScopes.filter((scope) => scope.endsWith(':read')),
      },
    }),
    authFeature(context, {
      browsers,
      access,
      createUser: createWholeUser,
      publicUrl: config.http.public_url,
    }),
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
    remindersFeature(context, channels),
    memoryFeature(context),
    notificationsFeature(context, { redis }),
    activityFeature(context),
    alertsFeature(context),
    settingsFeature(context),
    modelsFeature(models),
    checklistFeature(context, { items: () => list.flatMap((feature) => feature.checklist ?? []) }),
    jobsFeature(context, {
      handlerOf: (kind) =>
        list
          .flatMap((feature) => feature.lanes ?? [])
          .flatMap(({ handlers }) => handlers)
          .find((handler) => handler.kind === kind),
    }),
  ];
  return {
    list,
    routes: list.flatMap((feature) => feature.routes ?? []),
    authenticate: access.authenticate,
    encrypted: [keptAnswers, ...list.flatMap((feature) => feature.encrypted ?? [])],
    scheduleKinds: [reminderKind(channels), systemKind],
    handlers: (scopes) =>
      list
        .flatMap((feature) => feature.lanes ?? [])
        .filter(({ scope }) => scopes.includes(scope))
        .flatMap(({ handlers }) => handlers),
    prepare: async () =>
      await context.database.asSystem(async (tx) => {
        await ensureBuiltInTools(tx, builtInTools);
        await ensureHourly(tx);
      }),
    loadTurns,
    createUser: async (account, password_hash) =>
      await context.database.asSystem(async (tx) => await createWholeUser(tx, account, password_hash)),
  };
}
