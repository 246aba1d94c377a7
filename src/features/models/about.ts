import { OFFLINE_MODEL } from './offline/model.ts';
import { providerOf } from './providers/names.ts';
import { knownAnywhere, knownModel, priceOn, type KnownModel, type Price } from './prices/table.ts';

/** What is known of a model without asking anybody. */
export interface ModelFacts {
  /** Tokens of input and output together. */
  context_window: number;
  /** Null: unknown. */
  max_output_tokens: number | null;
  /** Null: unknown, which is not free. */
  price: Price | null;
  /** Runs on one's own machine: no price per token. */
  is_free: boolean;
  accepts: { images: boolean; pdf: boolean };
}

/** Tokens used by one request, as the provider counted them. `input_tokens` includes those from its cache. */
export interface TokenUsage {
  input_tokens: number;
  output_tokens: number;
  cached_input_tokens?: number;
}

/** What a model holds that nobody has told us about. */
const UNKNOWN_WINDOW = 32_000;
/** Of a stored prompt nobody knows the model before it answers; none that can have one holds less. */
const PROMPT_WINDOW = 128_000;
/** `builtin/offline` reads the last message alone. */
const OFFLINE_WINDOW = 1_000_000;
const MILLION = 1_000_000;

const free: Price = { input: 0, output: 0, cached_input: 0 };

/** Models of these names see, whoever runs them. */
const SEES =
  /llava|vision|-vl\b|vl:|gemma-?3|gemma-?4|llama-?4|pixtral|minicpm-v|qwen\d?(?:\.\d)?-?vl|multimodal/i;

function limitsOf(known: KnownModel | undefined, model: string) {
  return {
    context_window: known?.context_window ?? UNKNOWN_WINDOW,
    max_output_tokens: known?.max_output_tokens ?? null,
    accepts: { images: known?.images ?? SEES.test(model), pdf: known?.pdf ?? false },
  };
}

/** What is known of `provider/model`. For a name that is no model's, what holds for an unknown one. */
export function about(name: string, now: Date = new Date()): ModelFacts {
  const { provider, model } = providerOf(name);
  if (name === OFFLINE_MODEL) {
    const accepts = { images: false, pdf: false };
    return { context_window: OFFLINE_WINDOW, max_output_tokens: null, accepts, price: free, is_free: true };
  }
  if (provider === 'ollama') return { ...limitsOf(undefined, model), price: free, is_free: true };
  // Whoever passes on has prices of their own.
  if (provider === 'compatible')
    return { ...limitsOf(knownAnywhere(model), model), price: null, is_free: false };
  if (provider === 'openai' && model.startsWith('pmpt_')) {
    const [, over] = model.split('@');
    if (over !== undefined) return about(`openai/${over}`, now);
    const accepts = { images: true, pdf: true };
    return { context_window: PROMPT_WINDOW, max_output_tokens: null, accepts, price: null, is_free: false };
  }
  const known = knownModel(provider, model);
  return { ...limitsOf(known, model), price: known ? priceOn(known, now) : null, is_free: false };
}

/** What a request cost, in USD; null when the model's price is unknown. */
export function costOf(name: string, usage: TokenUsage, now: Date = new Date()): number | null {
  const { provider, model } = providerOf(name);
  const facts = about(name, now);
  const known = facts.is_free ? undefined : knownModel(provider, model.split('@').at(-1) ?? model);
  const price = facts.price && known ? priceOn(known, now, usage.input_tokens) : facts.price;
  if (!price) return null;
  const cached = Math.min(usage.cached_input_tokens ?? 0, usage.input_tokens);
  return (
    ((usage.input_tokens - cached) * price.input +
      cached * (price.cached_input ?? price.input) +
      usage.output_tokens * price.output) /
    MILLION
  );
}
