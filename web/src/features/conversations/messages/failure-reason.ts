/** Why a reply failed, as far as something can be done about it. */
export type FailureReason =
  | { reason: 'tokens'; limit: number }
  | { reason: 'cost'; limit: string }
  | { reason: 'day_budget'; limit: string }
  | { reason: 'budget_rest' }
  | { reason: 'time'; limit: number }
  | { reason: 'other' };

/** As the server words it: src/features/conversations/turns, budget.ts and run-turn.ts. */
export function failureReason(error: string | null): FailureReason {
  const find = (pattern: RegExp) => pattern.exec(error ?? '')?.[1];
  const tokens = find(/^I stopped: this would take more than the (\d+) tokens/);
  if (tokens !== undefined) return { reason: 'tokens', limit: Number(tokens) };
  const cost = find(/^I stopped: the (\$[\d.]+) for one message/);
  if (cost !== undefined) return { reason: 'cost', limit: cost };
  const day = find(/^I stopped: the (\$[\d.]+) of your budget for today/);
  if (day !== undefined) return { reason: 'day_budget', limit: day };
  if (error?.startsWith('I stopped: the budget is used up')) return { reason: 'budget_rest' };
  const time = find(/^It took longer than the ([\d.]+) s/);
  if (time !== undefined) return { reason: 'time', limit: Number(time) };
  return { reason: 'other' };
}
