import { lockAllowance, reserve } from '#features/usage/index.ts';
import { isPriced, longestAnswer, mostUsd } from './budget.ts';
import { turnMs } from './limits.ts';
import type { TurnRun } from './turn-run.ts';

/**
 * How long the answer may be, in tokens. What it may cost is set aside of the user's day, so that turns that run at the same
 * moment keep to its budget together. Throws OverBudgetError before anything is asked that is too much.
 */
export async function allowedAnswer(
  run: TurnRun,
  name: string,
  promptTokens: number,
): Promise<number | undefined> {
  const { turn, writer, limits, lease } = run;
  const { settings } = turn.assistant;
  const { user_id, turn_id: id } = turn.message;
  const facts = run.models.about(name);
  const longest = (today_usd: number, max_day_usd: number | null) => {
    const { usage, cost_usd } = writer.used();
    return longestAnswer(
      {
        used_tokens: usage.input_tokens + usage.output_tokens,
        max_tokens: settings.max_tokens ?? limits.max_tokens,
        turn_usd: cost_usd,
        max_turn_usd: settings.max_cost_usd,
        today_usd,
        max_day_usd,
      },
      facts,
      promptTokens,
    );
  };
  if (turn.person.daily_budget_usd === null || !isPriced(facts.price)) return longest(0, null);
  return await lease.transaction(async (tx) => {
    const { spent_usd, budget_usd } = await lockAllowance(tx, { id, user_id });
    const unstored_usd = writer.unstoredCost();
    const tokens = longest(spent_usd + unstored_usd, budget_usd);
    const cost_usd = unstored_usd + mostUsd(facts.price, { promptTokens, longest: tokens });
    await reserve(tx, { id, user_id, cost_usd, for_ms: turnMs(settings, limits) });
    return tokens;
  });
}
