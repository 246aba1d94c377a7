import type { Feature, FeatureContext } from '#platform/feature/index.ts';
import { moveToZone } from './move-to-zone.ts';
import { scheduleRoutes } from './routes.ts';

/** The time rules of reminders and tasks. */
export function schedulesFeature({ database }: FeatureContext): Feature {
  return {
    name: 'schedules',
    routes: scheduleRoutes(database),
    onTimezoneChanged: async (tx, { id, timezone }) => await moveToZone(tx, id, timezone),
  };
}
