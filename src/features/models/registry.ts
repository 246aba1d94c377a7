import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import { AppError } from '#platform/errors/index.ts';
import { about, costOf, type ModelFacts, type TokenUsage } from './about.ts';
import { createHealth, type ModelHealth } from './health/health.ts';
import { OFFLINE_MODEL, offlineModel } from './offline/model.ts';
import { lazyEmbedding, lazyModel, type Behind } from './providers/lazy-model.ts';
import { loadProvider, type Provider } from './providers/load.ts';
import {
  isProviderName,
  isReachable,
  mends,
  providerNames,
  providerOf,
  type ProviderAccess,
  type ProviderName,
} from './providers/names.ts';
import { storedPromptOf } from './providers/stored-prompt.ts';

/** What is set, be it by the environment or live: nothing of it needs to be. */
export interface ModelSettings {
  /** `provider/model`. */
  default_model?: string | undefined;
  embedding_model?: string | undefined;
  providers: Partial<Record<ProviderName, Partial<ProviderAccess>>>;
}

export interface Models {
  /**
   * The model of an id `provider/model`; what it needs is loaded when it is first asked. Throws `models.unknown` when there
   * is none.
   */
  resolve(id: string): LanguageModelV4;
  /** The same for embeddings. */
  resolveEmbedding(id: string): EmbeddingModelV4;
  /** Whether `resolve` finds it. */
  knows(id: string): boolean;
  /** What assistants use that name none. */
  readonly default_model: string;
  /** What texts are compared by; without one, by words alone. */
  readonly embedding_model: string | undefined;
  /** The providers that are configured, with how they are reached. */
  reachable(): { provider: ProviderName; access: ProviderAccess }[];
  /** What is known of a model without asking anybody; for a name that is none, what holds for an unknown one. */
  about(name: string): ModelFacts;
  /** What a request cost, in USD; null when the model's price is unknown. */
  costOf(name: string, usage: TokenUsage): number | null;
  /** Asked when every other one has failed. */
  last_resort: string;
  /** How calls went, and whether to make another. */
  health: ModelHealth;
  /** What is set live from now on, over the environment. */
  apply(live: ModelSettings): void;
}

export interface ModelsOptions {
  /** ms since 1970. */
  now?: () => number;
}

type Accesses = Record<ProviderName, ProviderAccess>;

/** Each field as it is set live, else by the environment. */
export function accessesOf(environment: ModelSettings, live: ModelSettings): Accesses {
  const accessOf = (name: ProviderName): ProviderAccess => {
    const [set, given] = [live.providers[name], environment.providers[name]];
    return {
      api_key: set?.api_key ?? given?.api_key,
      base_url: set?.base_url ?? given?.base_url,
      title: given?.title ?? name,
    };
  };
  return Object.fromEntries(providerNames.map((name) => [name, accessOf(name)])) as Accesses;
}

function unknownModel(id: string, available: string[]): AppError {
  const { provider } = providerOf(id);
  const isMissing = isProviderName(provider) && !available.includes(`${provider}/<model>`);
  const mend = isMissing
    ? `; set ${mends[provider]}, or the same in the settings, to add ${provider}/<model>`
    : '';
  return new AppError({
    code: 'models.unknown',
    kind: 'invalid',
    message: `There is no model “${id}”. Available: ${available.join(', ')}${mend}.`,
  });
}

/** The models there are by configuration, and from `apply` on by what is set live. */
export function createModels(environment: ModelSettings, options: ModelsOptions = {}): Models {
  const { now = Date.now } = options;
  const offline = offlineModel();
  const health = createHealth(now);
  const loading = new Map<ProviderName, Promise<Provider>>();
  // Which model answers by a stored prompt is known when it has answered for the first time.
  const served = new Map<string, string>();
  let live: ModelSettings = { providers: {} };
  let accesses = accessesOf(environment, live);

  const isThere = (name: ProviderName) => isReachable(name, accesses[name]);

  function available(): string[] {
    return [OFFLINE_MODEL, ...providerNames.filter(isThere).map((name) => `${name}/<model>`)];
  }

  async function load(name: ProviderName): Promise<Provider> {
    const known = loading.get(name);
    if (known) return await known;
    const begun = loadProvider(name, accesses[name]);
    loading.set(name, begun);
    // One that could not be loaded is tried again.
    begun.catch(() => {
      if (loading.get(name) === begun) loading.delete(name);
    });
    return await begun;
  }

  function behind(id: string): Behind {
    const { provider, model } = providerOf(id);
    if (!isProviderName(provider) || !isThere(provider) || !/^\S+$/.test(model)) {
      throw unknownModel(id, available());
    }
    return {
      provider,
      model,
      load: async () => await load(provider),
      secrets: () => [accesses[provider].api_key],
      onServed: (by) => {
        if (storedPromptOf(model)) served.set(id, `${provider}/${by}`);
      },
    };
  }

  const resolve = (id: string) => (id === OFFLINE_MODEL ? offline : lazyModel(behind(id)));

  return {
    resolve,
    resolveEmbedding: (id) => lazyEmbedding(behind(id)),
    knows: (id) => {
      try {
        resolve(id);
        return true;
      } catch {
        return false;
      }
    },
    get default_model() {
      return live.default_model ?? environment.default_model ?? OFFLINE_MODEL;
    },
    get embedding_model() {
      return live.embedding_model ?? environment.embedding_model;
    },
    about: (name) => about(served.get(name) ?? name, new Date(now())),
    costOf: (name, usage) => costOf(served.get(name) ?? name, usage, new Date(now())),
    last_resort: OFFLINE_MODEL,
    reachable: () =>
      providerNames.filter(isThere).map((provider) => ({ provider, access: accesses[provider] })),
    health,
    apply: (settings) => {
      const before = accesses;
      live = settings;
      accesses = accessesOf(environment, live);
      for (const name of providerNames) {
        if (JSON.stringify(accesses[name]) === JSON.stringify(before[name])) continue;
        loading.delete(name);
        health.forget(name);
      }
    },
  };
}
