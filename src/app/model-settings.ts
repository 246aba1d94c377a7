import type { ModelSettings } from '#features/models/index.ts';
import type { Config } from './config.ts';

/** What the environment says of models. */
export function modelSettingsOf({ models }: Pick<Config, 'models'>): ModelSettings {
  return {
    default_model: models.default_model,
    embedding_model: models.embedding_model,
    providers: {
      openai: { api_key: models.openai_api_key, base_url: models.openai_base_url },
      anthropic: { api_key: models.anthropic_api_key, base_url: models.anthropic_base_url },
      google: { api_key: models.google_api_key, base_url: models.google_base_url },
      ollama: { base_url: models.ollama_base_url },
      compatible: {
        api_key: models.compatible_api_key,
        base_url: models.compatible_base_url,
        title: models.compatible_name,
      },
    },
  };
}
