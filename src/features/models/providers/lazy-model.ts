import type {
  EmbeddingModelV4,
  JSONObject,
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import type { Provider } from './load.ts';
import { scrubbed } from './scrub.ts';

/** How a lazy model gets at the real one. */
export interface Behind {
  provider: string;
  model: string;
  load: () => Promise<Provider>;
  /** What no error may say. */
  secrets: () => readonly (string | undefined)[];
  /** Hears which model answers, as its provider calls it. */
  onServed: (by: string) => void;
}

/**
 * What OpenAI answers is not to be kept there for 30 days, unless the call goes on with something that is kept there. Other
 * providers keep nothing that a caller could refer to.
 */
function keepNothing(options: LanguageModelV4CallOptions): LanguageModelV4CallOptions {
  const openai: JSONObject = options.providerOptions?.['openai'] ?? {};
  if ('store' in openai || 'conversation' in openai || 'previousResponseId' in openai) return options;
  return { ...options, providerOptions: { ...options.providerOptions, openai: { ...openai, store: false } } };
}

/** A language model whose SDK is loaded when it is asked for the first time. */
export function lazyModel({ provider, model, load, secrets, onServed }: Behind): LanguageModelV4 {
  const real = async () => (await load()).language(model);
  const prepared = provider === 'openai' ? keepNothing : (options: LanguageModelV4CallOptions) => options;
  const scrubbing = async <T>(call: () => PromiseLike<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw scrubbed(error, secrets());
    }
  };
  return {
    specificationVersion: 'v4',
    provider,
    modelId: model,
    // Asked for before each call with files in it.
    get supportedUrls() {
      return real().then(async ({ supportedUrls }) => await supportedUrls);
    },
    doGenerate: async (options) => {
      const result = await scrubbing(async () => await (await real()).doGenerate(prepared(options)));
      if (result.response?.modelId !== undefined) onServed(result.response.modelId);
      return result;
    },
    doStream: async (options) => {
      const result = await scrubbing(async () => await (await real()).doStream(prepared(options)));
      return { ...result, stream: result.stream.pipeThrough(watchedParts(secrets, onServed)) };
    },
  };
}

function watchedParts(secrets: Behind['secrets'], onServed: Behind['onServed']) {
  return new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
    transform: (part, controller) => {
      if (part.type === 'response-metadata' && part.modelId !== undefined) onServed(part.modelId);
      controller.enqueue(part.type === 'error' ? { ...part, error: scrubbed(part.error, secrets()) } : part);
    },
  });
}

/** The same for what texts are compared by. */
export function lazyEmbedding({ provider, model, load, secrets }: Behind): EmbeddingModelV4 {
  const real = async () => (await load()).embedding(model);
  return {
    specificationVersion: 'v4',
    provider,
    modelId: model,
    get maxEmbeddingsPerCall() {
      return real().then(async ({ maxEmbeddingsPerCall }) => await maxEmbeddingsPerCall);
    },
    get supportsParallelCalls() {
      return real().then(async ({ supportsParallelCalls }) => await supportsParallelCalls);
    },
    doEmbed: async (options) => {
      try {
        return await (await real()).doEmbed(options);
      } catch (error) {
        throw scrubbed(error, secrets());
      }
    },
  };
}
