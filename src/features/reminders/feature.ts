import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { speakReminder } from './jobs.ts';
import { reminderRoutes } from './routes.ts';

/** Words to be said to the user at a time. */
export function remindersFeature({ database }: FeatureContext): Feature {
  return {
    name: 'reminders',
    routes: reminderRoutes(database),
    lanes: [{ scope: 'occurrence', handlers: [speakReminder] }],
  };
}
