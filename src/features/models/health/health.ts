import { providerOf } from '../providers/names.ts';
import { createBreaker, type Breaker, type Change, type ProviderHealth } from './breaker.ts';

/** What calls of models bring about: whoever asks one tells how it went. */
export interface ModelHealth {
  /** Whether a model's provider is to be asked now; a turn goes on to the next model at once when not. */
  mayTry(name: string): boolean;
  /** It has answered, to the end. */
  succeeded(name: string): void;
  /** It failed with this; what is no fault of the provider counts as an answer. */
  failed(name: string, error: unknown): void;
  of(provider: string): ProviderHealth;
  /** When a provider answered this process last; null: not yet. */
  answeredAt(provider: string): Date | null;
  /** Forgets what was, since it is reached in another way now. */
  forget(provider: string): void;
  /** Calls of models are told to this one from now on. */
  listen(listener: HealthListener): void;
}

/** Hears of each provider that goes down or answers (again). */
export type HealthListener = (
  provider: string,
  change: NonNullable<Change> | 'answered',
  health: ProviderHealth,
) => void;

/** The built-in model needs nobody. */
const NEVER_DOWN = 'builtin';

export function createHealth(now: () => number): ModelHealth {
  const listeners: HealthListener[] = [];
  const tell: HealthListener = (...news) => {
    for (const listener of listeners) listener(...news);
  };
  const breakers = new Map<string, Breaker>();
  const breakerOf = (provider: string): Breaker => {
    const breaker = breakers.get(provider) ?? createBreaker(now);
    breakers.set(provider, breaker);
    return breaker;
  };
  return {
    mayTry: (name) => {
      const { provider } = providerOf(name);
      return provider === NEVER_DOWN || breakerOf(provider).mayTry();
    },
    succeeded: (name) => {
      const { provider } = providerOf(name);
      if (provider === NEVER_DOWN) return;
      const breaker = breakerOf(provider);
      tell(provider, breaker.succeeded() ?? 'answered', breaker.health());
    },
    failed: (name, error) => {
      const { provider } = providerOf(name);
      if (provider === NEVER_DOWN) return;
      const breaker = breakerOf(provider);
      const change = breaker.failed(error);
      if (change) tell(provider, change, breaker.health());
    },
    of: (provider) => breakerOf(provider).health(),
    answeredAt: (provider) => breakerOf(provider).answeredAt(),
    forget: (provider) => void breakers.delete(provider),
    listen: (listener) => void listeners.push(listener),
  };
}
