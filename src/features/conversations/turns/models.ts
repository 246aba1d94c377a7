import type { LanguageModel } from 'ai';
import type { Usage } from '../contract.ts';

/** What a turn has to know of a model. */
export interface ModelFacts {
  /** Tokens of prompt and answer together. */
  context_window: number;
  /** Null: not known. */
  max_output_tokens: number | null;
  /** USD per million tokens; null when it is not known. */
  price: { input: number; output: number } | null;
  /** What of a message it takes beside text. */
  accepts: { images: boolean; pdf: boolean };
}

/** The models there are, as turns use them. Names are `provider/model`. */
export interface TurnModels {
  /** Throws for a name that is none. */
  resolve(name: string): Exclude<LanguageModel, string>;
  about(name: string): ModelFacts;
  /** USD; null when the price is not known. */
  costOf(name: string, usage: Usage): number | null;
  /** Providers that have failed too often of late are not asked for a while. */
  health: {
    mayTry(name: string): boolean;
    succeeded(name: string): void;
    failed(name: string, error: unknown): void;
  };
  /** For assistants that name none; may be another after a change of settings. */
  readonly default_model: string;
  /** Asked when every other one has failed. */
  last_resort: string;
}

/** The models of a turn, best first, and how far down the list it had to go. */
export interface ModelChain {
  names: string[];
  /** Where in `names` the turn is. */
  current: number;
}

/** What is asked to answer for an assistant, best first. */
export function chainFor(
  assistant: {
    assistant_type: 'llm' | 'openai_api';
    openai_assistant_id: string | null;
    model: string | null;
    settings: { fallback_models?: string[] | undefined };
  },
  { default_model, last_resort }: Pick<TurnModels, 'default_model' | 'last_resort'>,
): ModelChain {
  const { assistant_type, openai_assistant_id, model, settings } = assistant;
  const stored = assistant_type === 'openai_api' ? `openai/${openai_assistant_id}` : undefined;
  const first = stored ?? model ?? default_model;
  return { names: [...new Set([first, ...(settings.fallback_models ?? []), last_resort])], current: 0 };
}

/** `provider/model` that answers now; null when none is left. */
export function answeringModel({ names, current }: ModelChain): string | null {
  return names[current] ?? null;
}
