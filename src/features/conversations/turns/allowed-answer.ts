import { allowanceOf } from '#features/usage/index.ts';
import { longestAnswer } from './budget.ts';
import type { TurnRun } from './turn-run.ts';

/** How long the answer may be, in tokens. Throws OverBudgetError before anything is asked that is too much. */
export async function allowedAnswer(
  run: TurnRun,
  name: string,
  promptTokens: number,
): Promise<number | undefined> {
  const { turn, writer, limits, lease } = run;
  const { settings } = turn.assistant;
  const { usage, cost_usd } = writer.used();
  const today =
    turn.person.daily_budget_usd === null
      ? undefined
      : await lease.transaction(async (tx) => await allowanceOf(tx.db, turn.message.user_id));
  return longestAnswer(
    {
      used_tokens: usage.input_tokens + usage.output_tokens,
      max_tokens: settings.max_tokens ?? limits.max_tokens,
      turn_usd: cost_usd,
      max_turn_usd: settings.max_cost_usd,
      today_usd: (today?.spent_usd ?? 0) + writer.unstoredCost(),
      max_day_usd: today?.budget_usd ?? null,
    },
    run.models.about(name),
    promptTokens,
  );
}
