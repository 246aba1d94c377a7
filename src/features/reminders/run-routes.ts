import { z } from 'zod';
import { backfill, runNow, type OccurrenceRecord, type ScheduleKinds } from '#features/schedules/index.ts';
import type { Database } from '#platform/db/index.ts';
import { id } from '#platform/http/fields.ts';
import { route, type Caller, type Route } from '#platform/http/route.ts';
import { backfillRequest, occurrence } from './contract.ts';
import { getReminder } from './service.ts';

const params = z.strictObject({ id });
const tag = 'Reminders';
const scope = 'reminders:write';

function shown(record: OccurrenceRecord): z.infer<typeof occurrence> {
  const { schedule_id: _, user_id: _user, created_at: _at, updated_at: _then, ...rest } = record;
  return rest;
}

/** Reminders that come because the user says so. */
export function runRoutes(database: Database, kinds: ScheduleKinds): Route[] {
  // Firing is the system's: what the caller may name is asked first, as the caller.
  const ownSchedule = async ({ user_id }: Caller, reminderId: string) =>
    await database.asUser(user_id, async (tx) => (await getReminder(tx, user_id, reminderId)).schedule_id);
  return [
    route(
      {
        method: 'post',
        path: '/api/reminders/{id}/run',
        scope,
        summary: 'Say it now',
        description: 'Its own times are untouched.',
        tag,
        params,
        responses: { 200: occurrence },
      },
      async ({ caller, params: { id: reminderId } }) => {
        const scheduleId = await ownSchedule(caller, reminderId);
        return shown(await database.asSystem(async (tx) => await runNow(tx, kinds, scheduleId)));
      },
    ),
    route(
      {
        method: 'post',
        path: '/api/reminders/{id}/backfill',
        scope,
        summary: 'Say it for times that have passed',
        description: 'For those of its rule in [from, to) that did not come; at most 100.',
        tag,
        params,
        body: backfillRequest,
        responses: { 200: z.strictObject({ items: z.array(occurrence) }) },
      },
      async ({ caller, params: { id: reminderId }, body }) => {
        const scheduleId = await ownSchedule(caller, reminderId);
        const fired = await database.asSystem(async (tx) => await backfill(tx, kinds, scheduleId, body));
        return { items: fired.map(shown) };
      },
    ),
  ];
}
