import type { Db } from '#platform/db/index.ts';
import { AppError } from '#platform/errors/index.ts';
import type { UsageItem, UsageQuery, UsageReport } from './contract.ts';
import { selectAllowance, selectReportDays, selectUsage } from './queries.ts';

const nothing = {
  requests: 0,
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  cost_usd: 0,
  unpriced_requests: 0,
};

function totalOf(items: UsageItem[]): UsageReport['total'] {
  const total = { ...nothing };
  for (const item of items) {
    for (const figure of Object.keys(nothing) as (keyof typeof nothing)[]) total[figure] += item[figure];
  }
  return total;
}

/** Tokens and cost of a user's days. */
export async function usageReport(db: Db, userId: string, query: UsageQuery): Promise<UsageReport> {
  const days = await selectReportDays(db, userId, query);
  const allowance = await selectAllowance(db, userId);
  if (!days || !allowance)
    throw new AppError({ code: 'users.not_found', kind: 'not_found', message: 'There is no such user' });
  const items = await selectUsage(db, userId, days, query.group_by);
  return { ...days, items, total: totalOf(items), today: allowance };
}
