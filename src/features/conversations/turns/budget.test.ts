import { describe, expect, test } from 'vitest';
import { longestAnswer, OverBudgetError, type Allowed } from './budget.ts';

const unlimited: Allowed = {
  used_tokens: 0,
  max_tokens: 1_000_000,
  turn_usd: 0,
  max_turn_usd: undefined,
  today_usd: 0,
  max_day_usd: null,
};
/** USD per million tokens. */
const price = { input: 1, output: 10 };
const max_output_tokens = null;

describe('a request', () => {
  test('has no bound of its own without a budget, or a price', () => {
    expect(longestAnswer(unlimited, { price, max_output_tokens }, 1_000)).toBeUndefined();
    expect(
      longestAnswer({ ...unlimited, max_day_usd: 0 }, { price: null, max_output_tokens }, 1_000),
    ).toBeUndefined();
    const free = { input: 0, output: 0 };
    expect(
      longestAnswer({ ...unlimited, max_day_usd: 0 }, { price: free, max_output_tokens }, 1_000),
    ).toBeUndefined();
  });

  test('leaves as much for the answer as the tighter of the two budgets', () => {
    // 0.001 USD for the prompt, 0.009 left: 900 tokens
    expect(longestAnswer({ ...unlimited, max_turn_usd: 0.01 }, { price, max_output_tokens }, 1_000)).toBe(
      900,
    );
    const both = { ...unlimited, max_turn_usd: 0.01, max_day_usd: 1, today_usd: 0.995 };
    // Half of it for this one: others may be asked at the same moment.
    expect(longestAnswer(both, { price, max_output_tokens }, 1_000)).toBe(200);
  });

  test('has no more for its answer than the model can say', () => {
    const allowed = { ...unlimited, max_turn_usd: 1, max_day_usd: 1 };
    expect(longestAnswer(allowed, { price, max_output_tokens: 4_096 }, 1_000)).toBe(4_096);
  });

  test('is refused when it would be too much alone', () => {
    const refused = (allowed: Partial<Allowed>) => () =>
      longestAnswer({ ...unlimited, ...allowed }, { price, max_output_tokens }, 1_000);
    expect(refused({ max_turn_usd: 0.001 })).toThrow(OverBudgetError);
    expect(refused({ max_turn_usd: 0 })).toThrow('for one message are used up');
    expect(refused({ max_day_usd: 2, today_usd: 2 })).toThrow('$2.00 of your budget for today');
    expect(refused({ max_tokens: 5_000, used_tokens: 4_000 })).toThrow('5000 tokens');
    // Less than a token is left
    expect(refused({ max_turn_usd: 0.001005 })).toThrow('one more word');
  });
});
