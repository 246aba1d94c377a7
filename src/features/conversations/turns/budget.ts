import { AppError } from '#platform/errors/index.ts';
import type { ModelFacts } from './models.ts';

/** Of what is left of a day for one answer: others of the same user may be made at the same moment. */
const SHARE_OF_DAY = 0.5;

/** The turn may not go on: what it may use is used. */
export class OverBudgetError extends AppError {
  constructor(message: string) {
    super({ code: 'turns.over_budget', kind: 'conflict', message });
  }
}

/** What a turn, and its user today, have used and may use. */
export interface Allowed {
  /** Tokens of the whole turn. */
  used_tokens: number;
  max_tokens: number;
  /** USD of the whole turn; its most undefined for no limit. */
  turn_usd: number;
  max_turn_usd: number | undefined;
  /** USD of the user's day with this turn; its most null for no limit. */
  today_usd: number;
  max_day_usd: number | null;
}

function usd(amount: number): string {
  return `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`;
}

type Price = ModelFacts['price'];

export function isPriced(price: Price): price is NonNullable<Price> {
  return price !== null && (price.input > 0 || price.output > 0);
}

/** USD of a request at most; `longest` as of `longestAnswer`. */
export function mostUsd(
  price: Price,
  { promptTokens, longest }: { promptTokens: number; longest: number | undefined },
): number {
  return price ? (promptTokens * price.input + (longest ?? 0) * price.output) / 1e6 : 0;
}

/**
 * How long the next answer may be so that nothing is exceeded, in tokens; undefined for no bound of its own. What has no
 * known price counts as free.
 * @param promptTokens of the request about to be made, as estimated
 * @throws OverBudgetError when even the request is too much
 */
export function longestAnswer(
  allowed: Allowed,
  { price, max_output_tokens }: Pick<ModelFacts, 'price' | 'max_output_tokens'>,
  promptTokens: number,
): number | undefined {
  if (allowed.used_tokens + promptTokens >= allowed.max_tokens) {
    throw new OverBudgetError(
      `I stopped: this would take more than the ${allowed.max_tokens} tokens I may use for one message.`,
    );
  }
  const bounds = [
    { spent: allowed.turn_usd, most: allowed.max_turn_usd ?? null, share: 1, of: 'for one message' },
    {
      spent: allowed.today_usd,
      most: allowed.max_day_usd,
      share: SHARE_OF_DAY,
      of: 'of your budget for today',
    },
  ];
  let longest: number | undefined;
  for (const { spent, most, share, of } of bounds) {
    if (most === null || !isPriced(price)) continue;
    const left = most - spent - (promptTokens * price.input) / 1e6;
    if (left <= 0)
      throw new OverBudgetError(`I stopped: the ${usd(most)} ${of} are used up (${usd(spent)} so far).`);
    if (price.output > 0) {
      const tokens = Math.floor((share * left * 1e6) / price.output);
      longest = Math.min(longest ?? max_output_tokens ?? Infinity, tokens);
    }
  }
  if (longest !== undefined && longest < 1)
    throw new OverBudgetError('I stopped: the budget is used up but for less than one more word.');
  return longest;
}
