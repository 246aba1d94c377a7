import type { EmbeddingModelV4 } from '@ai-sdk/provider';

export interface EmbeddingModels {
  /** `provider/model` of what texts are compared by; undefined when there is none. */
  readonly embedding_model: string | undefined;
  /** Throws `models.unknown` when there is no such model. */
  resolveEmbedding(id: string): EmbeddingModelV4;
}

/** Vectors of texts by the model that is configured now, in as many requests as its server wants. */
export function createEmbeddings(models: EmbeddingModels) {
  return {
    model: () => models.embedding_model,
    embed: async (texts: string[], signal: AbortSignal): Promise<{ vectors: number[][]; model: string }> => {
      const id = models.embedding_model;
      if (id === undefined) throw new Error('no embedding model is configured');
      // Loaded for those who have one.
      const { embedMany } = await import('ai');
      const model = models.resolveEmbedding(id);
      // Who calls waits and tries again in its own way.
      const { embeddings } = await embedMany({ model, values: texts, abortSignal: signal, maxRetries: 0 });
      return { vectors: embeddings, model: id };
    },
  };
}
