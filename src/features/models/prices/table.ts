import table from './prices.json' with { type: 'json' };

/** USD for a million tokens. */
export interface Price {
  input: number;
  output: number;
  /** Of input that the provider had in its cache; null where it has no price of its own. */
  cached_input: number | null;
}

interface StoredPrice {
  /** The first day it holds, in UTC; without, from ever. */
  from?: string;
  input: number;
  output: number;
  cached_input?: number;
  /** For requests with more than so many tokens of input, all of them. */
  long?: { over: number; input: number; output: number; cached_input?: number };
}

/** A model or several that are one to its provider's price list. */
export interface KnownModel {
  id: string;
  /** A regular expression of its names. */
  match: string;
  /** Whether it is among what the provider sells to everybody now. */
  is_current?: boolean;
  context_window?: number;
  max_output_tokens?: number;
  images?: boolean;
  pdf?: boolean;
  /** By time. */
  prices: StoredPrice[];
}

const providers: Record<string, KnownModel[] | undefined> = table.providers;
/** The day in the name of one version of a model. */
const DATED = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

const found = new Map<string, KnownModel | undefined>();

/** The day of the prices, e.g. `2026-09-23`. */
export const pricesAsOf = table.as_of;

/** What the table has of a provider's model; undefined when it doesn't know it. */
export function knownModel(provider: string, model: string): KnownModel | undefined {
  const key = `${provider}/${model}`;
  if (!found.has(key)) {
    const models = providers[provider] ?? [];
    const named = (name: string) =>
      models.find(({ id }) => id === name) ?? models.find(({ match }) => new RegExp(match).test(name));
    // A version that is newer than the table is what the model was when the table was made.
    const known = named(model) ?? named(model.replace(DATED, ''));
    // Names come from people: not more of them than one installation has.
    if (found.size > 500) found.clear();
    found.set(key, known);
  }
  return found.get(key);
}

/** A model of that name, whoever made it: for servers that pass on to others. */
export function knownAnywhere(model: string): KnownModel | undefined {
  const name = model.slice(model.lastIndexOf('/') + 1);
  return ['openai', 'anthropic', 'google']
    .map((provider) => knownModel(provider, name))
    .find((known) => known !== undefined);
}

/** The chat models of a provider that people choose from, newest names last as the table has them. */
export function currentModels(provider: string): string[] {
  return (providers[provider] ?? []).filter(({ is_current }) => is_current).map(({ id }) => id);
}

/** What one costs on a day, for a request with so many tokens of input. */
export function priceOn(model: KnownModel, at: Date, input_tokens = 0): Price | null {
  const day = at.toISOString().slice(0, 10);
  const stored = model.prices.findLast(({ from = '' }) => from <= day);
  if (!stored) return null;
  const { input, output, cached_input } =
    stored.long && input_tokens > stored.long.over ? stored.long : stored;
  return { input, output, cached_input: cached_input ?? null };
}
