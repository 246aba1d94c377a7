import type { LanguageModelV4 } from '@ai-sdk/provider';
import { AppError } from '#platform/errors/index.ts';
import { OFFLINE_MODEL, offlineModel } from './offline/model.ts';
import { compatibleModels, type CompatibleServer } from './openai-compatible.ts';

export interface ModelsConfig {
  /** `provider/model`; default `builtin/offline`. */
  default_model?: string;
  compatible?: CompatibleServer;
}

export interface ListedModel {
  id: string;
  provider: string;
}

export interface Models {
  /** The model of an id `provider/model`. Throws `models.unknown` when there is none. */
  resolve(id: string): LanguageModelV4;
  /** What is known without asking any server: a provider whose models only its server knows is `<provider>/*`. */
  list(): ListedModel[];
  default_model: string;
}

/** The models there are by configuration. Throws `models.unknown` when the default one is none of them. */
export function createModels(config: ModelsConfig): Models {
  const offline = offlineModel();
  const compatible = config.compatible && compatibleModels(config.compatible);
  const available = [OFFLINE_MODEL, ...(compatible ? ['compatible/*'] : [])];

  function resolve(id: string): LanguageModelV4 {
    if (id === OFFLINE_MODEL) return offline;
    const name = /^compatible\/(?<name>\S+)$/.exec(id)?.groups?.['name'];
    if (name !== undefined && compatible) return compatible(name);
    const mend = compatible ? '' : '; set OPENAI_COMPATIBLE_BASE_URL to add compatible/<model>';
    throw new AppError({
      code: 'models.unknown',
      kind: 'invalid',
      message: `There is no model “${id}”. Available: ${available.join(', ').replace('*', '<model>')}${mend}.`,
    });
  }

  const default_model = config.default_model ?? OFFLINE_MODEL;
  resolve(default_model);
  return {
    resolve,
    default_model,
    list: () => available.map((id) => ({ id, provider: id.slice(0, id.indexOf('/')) })),
  };
}
