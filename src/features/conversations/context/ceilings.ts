import type { TurnModels } from '../turns/models.ts';

/** Of a request that was too long, so much is tried next. */
const SHARE = 0.6;
const LEAST_TOKENS = 1_500;
/** Then the model's window is believed again. */
const FORGOTTEN_MS = 3_600_000;

const ceilings = new WeakMap<TurnModels, Map<string, { tokens: number; at: number }>>();

/** What a model is sent at most since it refused more, in the provider's tokens; undefined where it has not. */
export function ceilingOf(models: TurnModels, name: string): number | undefined {
  const found = ceilings.get(models)?.get(name);
  return found && Date.now() - found.at < FORGOTTEN_MS ? found.tokens : undefined;
}

/** A request of so many tokens was too long for the model, whatever its window is said to be. */
export function lowerCeiling(models: TurnModels, name: string, tokens: number): void {
  const own = ceilings.get(models) ?? new Map<string, { tokens: number; at: number }>();
  ceilings.set(models, own);
  own.set(name, { tokens: Math.max(LEAST_TOKENS, Math.floor(tokens * SHARE)), at: Date.now() });
}
