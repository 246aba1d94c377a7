import type { ProviderPart } from '#features/settings/index.ts';
import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { alertHealth } from './health/alert-health.ts';
import { followLive } from './live/follow-live.ts';
import {
  checkReachable,
  sealChanges,
  shownProviders,
  writeChanges,
  type SealedChanges,
} from './live/provider-settings.ts';
import { OFFLINE_MODEL } from './offline/model.ts';
import type { Models, ModelSettings } from './registry.ts';
import { modelRoutes } from './routes.ts';

/** The feature, and what others of the program do with it. */
export interface ModelsFeature extends Feature {
  /** At start: brings what is set live into force. Throws `models.unknown` for a default model of the environment that is none. */
  prepare(): Promise<void>;
  /** Its part of the settings. */
  providers: ProviderPart<SealedChanges>;
}

/** Which models there are, and how their providers are reached. */
export function modelsFeature(
  context: FeatureContext,
  { models, environment }: { models: Models; environment: ModelSettings },
): ModelsFeature {
  const { database, encryption } = context;
  const live = followLive(context, models);
  models.health.listen(alertHealth(context));
  return {
    name: 'models',
    routes: modelRoutes(database, models),
    encrypted: [{ table: 'provider_keys', column: 'api_key' }],
    checklist: [
      {
        id: 'model_key',
        for: 'admin',
        isDone: async () => await Promise.resolve(models.reachable().length > 0),
      },
    ],
    prepare: async () => {
      await live.refresh();
      const { default_model } = models;
      // What was set live once is no reason not to start.
      if (default_model === environment.default_model) models.resolve(default_model);
    },
    providers: {
      environment: {
        default_model: environment.default_model ?? OFFLINE_MODEL,
        embedding_model: environment.embedding_model ?? null,
      },
      read: async (db) => await shownProviders(db, environment),
      seal: async (changes) => await sealChanges(encryption, changes),
      write: async (tx, sealed) => await writeChanges(tx, sealed),
      check: async (db, wanted) => await checkReachable(db, environment, wanted),
      applied: async () => await live.refresh(),
    },
  };
}
