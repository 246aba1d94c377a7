import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';

/** A server that speaks the OpenAI chat completions protocol: Ollama, vLLM, LM Studio, a hosted gateway. */
export interface CompatibleServer {
  /** Up to and including the version, e.g. `http://127.0.0.1:11434/v1`. */
  base_url: string;
  api_key?: string;
  /** Shown in errors and usage; default `compatible`. */
  name?: string;
}

/** The models of one OpenAI-compatible server, by the server's own names for them. */
export function compatibleModels(server: CompatibleServer): (model: string) => LanguageModelV4 {
  const provider = createOpenAICompatible({
    name: server.name ?? 'compatible',
    baseURL: server.base_url.replace(/\/+$/, ''),
    // usage in streams is what budgets are counted by
    includeUsage: true,
    ...(server.api_key === undefined ? {} : { apiKey: server.api_key }),
  });
  return (model) => provider.chatModel(model);
}
