import { expect, test } from 'vitest';
import { longestAnswer } from '#features/conversations/turns/budget.ts';
import { failureReason } from './failure-reason.ts';

const price = { input: 1_000_000, output: 1_000_000 };
const free = { used_tokens: 0, max_tokens: 1_000, turn_usd: 0, today_usd: 0 };

/** What the server says of a request that is too much. */
function refusal(allowed: object, promptTokens = 1): string {
  try {
    longestAnswer(
      { ...free, max_turn_usd: undefined, max_day_usd: null, ...allowed },
      { price, max_output_tokens: null },
      promptTokens,
    );
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

test('each bound is told apart, with where it stands', () => {
  expect(failureReason(refusal({ max_tokens: 500 }, 600))).toEqual({ reason: 'tokens', limit: 500 });
  expect(failureReason(refusal({ turn_usd: 2, max_turn_usd: 1.5 }))).toEqual({
    reason: 'cost',
    limit: '$1.50',
  });
  expect(failureReason(refusal({ today_usd: 2, max_day_usd: 0.05 }))).toEqual({
    reason: 'day_budget',
    limit: '$0.0500',
  });
  expect(failureReason(refusal({ max_day_usd: 1.5 }))).toEqual({ reason: 'budget_rest' });
  expect(failureReason('It took longer than the 300 s I may take for one message.')).toEqual({
    reason: 'time',
    limit: 300,
  });
});

test('anything else speaks for itself', () => {
  expect(failureReason('The model answered 503')).toEqual({ reason: 'other' });
  expect(failureReason(null)).toEqual({ reason: 'other' });
});
