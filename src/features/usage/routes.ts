import type { Database } from '#platform/db/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { usageQuery, usageReport as report } from './contract.ts';
import { usageReport } from './service.ts';

export function usageRoutes(database: Database): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/usage',
        scope: 'settings:read',
        summary: 'Tokens and cost by day, model, subject and assistant',
        description: 'As the providers count tokens, and by the prices known when they were used.',
        tag: 'Usage',
        query: usageQuery,
        responses: { 200: report },
      },
      async ({ caller, query }) =>
        await database.asUser(caller.user_id, async (tx) => await usageReport(tx.db, caller.user_id, query)),
    ),
  ];
}
