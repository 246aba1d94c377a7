import { join } from 'node:path';
import { activityFeature } from '#features/activity/feature.ts';
import { alertsFeature } from '#features/alerts/feature.ts';
import { assistantsFeature } from '#features/assistants/feature.ts';
import { ensureBuiltInTools, ownsAssistant } from '#features/assistants/index.ts';
import { attachmentsFeature } from '#features/attachments/feature.ts';
import { filesToExport } from '#features/attachments/index.ts';
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
import { approvalsFeature } from '#features/approvals/feature.ts';
import { conversationsFeature } from '#features/conversations/feature.ts';
import { loadTurns, resumeTurn } from '#features/conversations/index.ts';
import { jobsFeature } from '#features/jobs/feature.ts';
import { mcpFeature } from '#features/mcp/feature.ts';
import { mcpServerFeature } from '#features/mcp-server/feature.ts';
import { memoryFeature } from '#features/memory/feature.ts';
import { createMeaning, memoryTool, type Meaning } from '#features/memory/index.ts';
import { modelsFeature } from '#features/models/feature.ts';
import { contextLines, createEmbeddings, createModels, type Models } from '#features/models/index.ts';
import { notificationsFeature } from '#features/notifications/feature.ts';
import { openAiDoorFeature } from '#features/openai-door/feature.ts';
import { remindersFeature } from '#features/reminders/feature.ts';
import { reminderKind, reminderTool } from '#features/reminders/index.ts';
import { schedulesFeature } from '#features/schedules/feature.ts';
import { ensureHourly, systemKind, timeTool, type ScheduleKind } from '#features/schedules/index.ts';
import { settingsFeature } from '#features/settings/feature.ts';
import { toolsFeature } from '#features/tools/feature.ts';
import { httpTool, type ToolExecutor } from '#features/tools/index.ts';
import { usageFeature } from '#features/usage/feature.ts';
import { usersFeature } from '#features/users/feature.ts';
import { webhooksFeature } from '#features/webhooks/feature.ts';
import { createUser, type NewUser, type User } from '#features/users/index.ts';
import { weatherTool } from '#features/weather/index.ts';
import { webTool } from '#features/web/index.ts';
import type { EncryptedColumn } from '#platform/encryption/index.ts';
import { hashPassword } from '#platform/crypto/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { Route } from '#platform/http/route.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import type { Config } from './config.ts';
import { modelSettingsOf } from './model-settings.ts';
import { openStorage } from './storage.ts';
import { version } from './version.ts';

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
  models: Models;
  /** Ends what features hold open beside the database. */
  close(): Promise<void>;
  /** Makes an account with everything every account has; without a password, none opens it. */
  createUser(user: NewUser, password_hash?: string | null): Promise<User>;
}

/** Of requests that may be repeated, see `platform/http/idempotency.ts`. */
const keptAnswers: EncryptedColumn = { table: 'idempotency_keys', column: 'answer' };

/** What runs tools; the built-in ones, which every installation has, in the order people see them. */
function toolExecutors(context: FeatureContext, meaning: Meaning, { weather }: Config): ToolExecutor[] {
  return [
    timeTool,
    reminderTool,
    memoryTool(meaning),
    weatherTool({ weather: weather.api_root, geocoding: weather.geocoding_api_root }),
    webTool(context.outbound),
    httpTool(context),
  ];
}

function redisOf({ redis, redisUrl }: Config): { url: string; queue: string } | undefined {
  if (redisUrl === undefined || redis.secretary_queue === undefined) return undefined;
  return { url: redisUrl, queue: redis.secretary_queue };
}

/** Adding a feature: its folder, its migration, and its line here. */
export function createFeatures(context: FeatureContext, config: Config): Features {
  const environment = modelSettingsOf(config);
  const models = createModels(environment);
  const modelsPart = modelsFeature(context, { models, environment });
  const meaning = createMeaning(context.database, createEmbeddings(models));
  const storage = openStorage(config);
  const executors = toolExecutors(context, meaning, config);
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
  const mcp = mcpFeature(context, {
    version,
    directory: join(config.dataDirectory, 'mcp'),
    path: config.commandPath,
    stdio: config.mcp.stdio,
  });
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
        files: (userId) => filesToExport({ database: context.database, storage }, userId),
        scopes: userScopes.filter((scope) => scope.endsWith(':read')),
      },
    }),
    authFeature(context, {
      browsers,
      access,
      createUser: createWholeUser,
      publicUrl: config.http.public_url,
    }),
    assistantsFeature(context, { knowsModel: models.knows }),
    toolsFeature(context, { ownsAssistant }),
    attachmentsFeature(context, { storage, uploads: join(config.dataDirectory, 'uploads') }),
    conversationsFeature(context, {
      meaning,
      executors: [...executors, mcp.executor],
      contextLines,
      models,
      storage,
    }),
    approvalsFeature(context, {
      goOn: async (tx, { id, message_id }) => await resumeTurn(tx, message_id, `approval:${id}`),
    }),
    usageFeature(context),
    schedulesFeature(context),
    remindersFeature(context, channels),
    memoryFeature(context, meaning),
    notificationsFeature(context, { redis }),
    activityFeature(context),
    alertsFeature(context),
    settingsFeature(context, { providers: modelsPart.providers }),
    modelsPart,
    webhooksFeature(context),
    openAiDoorFeature(context, { publicUrl: config.http.public_url }),
    mcp,
    mcpServerFeature(context, {
      tools: () => list.flatMap((feature) => feature.mcp ?? []),
      version,
      publicUrl: config.http.public_url,
      corsOrigins: config.http.cors_origins ?? [],
    }),
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
    prepare: async () => {
      await context.database.asSystem(async (tx) => {
        await ensureBuiltInTools(tx, executors);
        await ensureHourly(tx);
      });
      await modelsPart.prepare();
    },
    loadTurns,
    models,
    close: async () => {
      await Promise.all(list.map(async (feature) => await feature.close?.()));
    },
    createUser: async (account, password_hash) =>
      await context.database.asSystem(async (tx) => await createWholeUser(tx, account, password_hash)),
  };
}
