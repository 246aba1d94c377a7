import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import type { Channels } from '#features/notifications/index.ts';
import { kindsByName } from '#features/schedules/index.ts';
import { reminderKind } from './fire.ts';
import { speakReminders } from './jobs.ts';
import { reminderMcpTools } from './mcp.ts';
import { hasFired } from './queries.ts';
import { reminderRoutes } from './routes.ts';
import { runRoutes } from './run-routes.ts';

/** Words to be said to the user at a time. */
export function remindersFeature(
  { database }: FeatureContext,
  channels: Channels = { redis: false },
): Feature {
  const kinds = kindsByName([reminderKind(channels)]);
  return {
    name: 'reminders',
    routes: [...reminderRoutes(database), ...runRoutes(database, kinds)],
    mcp: reminderMcpTools(database),
    lanes: [{ scope: 'occurrence', handlers: [speakReminders(database)] }],
    checklist: [{ id: 'first_reminder', isDone: async ({ db, user_id }) => await hasFired(db, user_id) }],
  };
}
