import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import { baseUrlOf, splitCredentials } from './base-url.ts';
import type { ProviderAccess, ProviderName } from './names.ts';
import { byStoredPrompt, storedPromptOf } from './stored-prompt.ts';

/** A provider's models by its own names for them. */
export interface Provider {
  language(model: string): LanguageModelV4;
  embedding(model: string): EmbeddingModelV4;
}

type Load = (access: ProviderAccess & { base_url: string; api_key: string }) => Promise<Provider>;

async function loadCompatible(
  name: string,
  { base_url, api_key }: { base_url: string; api_key: string },
): Promise<Provider> {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const { url, basic } = splitCredentials(base_url);
  const provider = createOpenAICompatible({
    name,
    baseURL: url,
    // usage in streams is what budgets are counted by
    includeUsage: true,
    ...(api_key !== '' ? { apiKey: api_key } : basic !== undefined && { headers: { authorization: basic } }),
  });
  return {
    language: (model) => provider.chatModel(model),
    embedding: (model) => provider.embeddingModel(model),
  };
}

// The SDKs are some megabytes each: one is loaded when its provider is used for the first time.
const loaders: Record<ProviderName, Load> = {
  openai: async ({ base_url, api_key }) => {
    const { createOpenAI } = await import('@ai-sdk/openai');
    const settings = { baseURL: base_url, apiKey: api_key };
    const provider = createOpenAI(settings);
    return {
      language: (model) => {
        const prompt = storedPromptOf(model);
        if (!prompt) return provider.responses(model);
        return createOpenAI({ ...settings, fetch: byStoredPrompt(prompt) }).responses(
          prompt.model ?? prompt.id,
        );
      },
      embedding: (model) => provider.embeddingModel(model),
    };
  },
  anthropic: async ({ base_url, api_key }) => {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    const provider = createAnthropic({ baseURL: base_url, apiKey: api_key });
    return {
      language: (model) => provider.languageModel(model),
      embedding: (model) => provider.embeddingModel(model),
    };
  },
  google: async ({ base_url, api_key }) => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    const provider = createGoogleGenerativeAI({ baseURL: base_url, apiKey: api_key });
    return {
      language: (model) => provider.languageModel(model),
      embedding: (model) => provider.embeddingModel(model),
    };
  },
  ollama: async (access) => await loadCompatible('ollama', access),
  compatible: async (access) => await loadCompatible(access.title, access),
};

/** More are hardly used in turn. */
const KEPT_MODELS = 100;

/** The SDKs' models are dear to make, and as good for the next request. */
function keptModels({ language, embedding }: Provider): Provider {
  const kept = new Map<string, LanguageModelV4>();
  return {
    embedding,
    language: (model) => {
      const known = kept.get(model);
      if (known) return known;
      if (kept.size >= KEPT_MODELS) kept.clear();
      const made = language(model);
      kept.set(model, made);
      return made;
    },
  };
}

/** Loads a provider's SDK. */
export async function loadProvider(name: ProviderName, access: ProviderAccess): Promise<Provider> {
  const { api_key = '', base_url } = access;
  return keptModels(await loaders[name]({ ...access, api_key, base_url: baseUrlOf(name, base_url) }));
}
