import type { Database } from '#platform/db/index.ts';
import type { ChecklistItem, Feature } from '#platform/feature/index.ts';
import { checklistRoutes } from './routes.ts';

/** The first steps with Famulus, as the features name them. */
export function checklistFeature(
  { database }: { database: Database },
  { items }: { items: () => ChecklistItem[] },
): Feature {
  return { name: 'checklist', routes: checklistRoutes(database, items) };
}
