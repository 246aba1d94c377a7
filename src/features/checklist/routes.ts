import type { Database } from '#platform/db/index.ts';
import type { ChecklistItem } from '#platform/feature/index.ts';
import { route, type Route } from '#platform/http/route.ts';
import { checklist } from './contract.ts';

export function checklistRoutes(database: Database, items: () => ChecklistItem[]): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/api/checklist',
        scope: 'any',
        summary: 'What of the first steps is done, and what is open',
        description: 'Some are for admins only.',
        tag: 'Checklist',
        responses: { 200: checklist },
      },
      async ({ caller: { user_id, scopes } }) => {
        const isAdmin = scopes.includes('system:admin');
        const db = database.readAs(user_id);
        const shown = items().filter((item) => isAdmin || item.for !== 'admin');
        return {
          items: await Promise.all(
            shown.map(async ({ id, isDone }) => ({
              id,
              status: (await isDone({ db, user_id })) ? ('done' as const) : ('open' as const),
            })),
          ),
        };
      },
    ),
  ];
}
