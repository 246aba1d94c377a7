import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { speakReminder } from './jobs.ts';
import { hasFired } from './queries.ts';
import { reminderRoutes } from './routes.ts';

/** Words to be said to the user at a time. */
export function remindersFeature({ database }: FeatureContext): Feature {
  return {
    name: 'reminders',
    routes: reminderRoutes(database),
    lanes: [{ scope: 'occurrence', handlers: [speakReminder] }],
    checklist: [{ id: 'first_reminder', isDone: async ({ db, user_id }) => await hasFired(db, user_id) }],
  };
}
