import { expect } from 'vitest';

import { createFire } from '#features/schedules/index.ts';
import { claimDue, moveDue } from '#platform/due/queries.ts';
import type { TestDatabase } from './database.ts';
import { createAssistant, createUser } from './factories.ts';
import { featureContext, serveAs } from './serve-as.ts';
import type { Reminder } from '#features/reminders/contract.ts';
import { remindersFeature } from '#features/reminders/feature.ts';
import { reminderKind } from '#features/reminders/fire.ts';

/** An answer as tests read it. */
export interface Answer {
  status: number;
  json: Omit<Reminder, 'next_fire_at' | 'trigger_at'> & {
    next_fire_at: string | null;
    trigger_at: string | null;
    code: string;
    errors: { path: string }[];
    items: (Record<string, unknown> & { id: string; title: string })[];
    next_cursor: string | null;
    understood: unknown;
  };
}

/** A user in Berlin, with what they ask of the reminders' routes. */
export async function reminded(files: TestDatabase) {
  const { id } = await createUser(files.database.system, { timezone: 'Europe/Berlin' });
  await createAssistant(files.database.system, { user_id: id });
  const as = (await serveAs(remindersFeature(featureContext(files))))(id);
  const call = async (method: string, path: string, body?: unknown) =>
    (await as(method, path, body)) as unknown as Answer;

  return {
    id,
    call,
    async remind(body: Record<string, unknown>) {
      const made = await call('POST', '/api/reminders', { type: 'one_time', text: 'stretch', ...body });
      expect(made.status, JSON.stringify(made.json)).toBe(201);
      return made.json;
    },
    async patch(reminderId: string, body: Record<string, unknown>) {
      return await call('PATCH', `/api/reminders/${reminderId}`, body);
    },
    /** The `reminder.updated` events, by reminder. */
    async updates(): Promise<string[]> {
      const { rows } = await files.owner.query<{ reminder_id: string }>(
        `select payload ->> 'reminder_id' as reminder_id from events
         where user_id = $1 and type = 'reminder.updated' order by seq`,
        [id],
      );
      return rows.map(({ reminder_id }) => reminder_id);
    },
  };
}

/** What the scheduler does in one pass. Returns how many schedules were due. */
export async function fireDue(files: TestDatabase): Promise<number> {
  const fire = createFire([reminderKind({ redis: false })]);
  return await files.database.asSystem(async (tx) => {
    const { rows, now } = await claimDue(tx.db, { limit: 1_000 });
    if (rows.length > 0) moveDue(tx, await fire(tx, rows, now));
    return rows.length;
  });
}
