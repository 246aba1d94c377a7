import { createFire } from '#features/schedules/index.ts';
import { remindersFeature } from '#features/reminders/feature.ts';
import { reminderKind } from '#features/reminders/index.ts';
import { schedulesFeature } from '#features/schedules/feature.ts';
import { claimDue, moveDue } from '#platform/due/queries.ts';
import type { Feature } from '#platform/feature/index.ts';
import type { TestDatabase } from '#test/database.ts';
import { createAssistant, createUser } from '#test/factories.ts';
import { featureContext, serveAs } from '#test/serve-as.ts';

/** The schedules of a user over REST, and the scheduler a pass at a time, at whatever the clock is set to. */
export interface RemindersRig {
  user_id: string;
  call: ReturnType<Awaited<ReturnType<typeof serveAs>>>;
  /** Moves the database's clock to an instant. */
  setClock(instant: string): Promise<void>;
  /** One transaction of the scheduler. Returns how many schedules were due. */
  firePass(): Promise<number>;
  /** Fires all that is due, in as many. Returns how many schedules were. */
  fireDue(): Promise<number>;
  /** What was told so far, oldest first. */
  messages(): Promise<string[]>;
}

/** A user of their own in `timezone`, at `now`. */
export async function remindersRig(
  files: TestDatabase,
  { now, timezone = 'UTC' }: { now: string; timezone?: string },
): Promise<RemindersRig> {
  const setClock = async (instant: string) => await files.moveClock(Date.parse(instant) - Date.now());
  await setClock(now);
  const { id } = await createUser(files.database.system, { timezone });
  await createAssistant(files.database.system, { user_id: id });
  const context = featureContext(files);
  const reminders = remindersFeature(context);
  const both: Feature = {
    ...reminders,
    routes: [...reminders.routes!, ...schedulesFeature(context).routes!],
  };
  const fire = createFire([reminderKind({ redis: false })]);
  const firePass = async () =>
    await files.database.asSystem(async (tx) => {
      const { rows, now: at } = await claimDue(tx.db, { limit: 1_000 });
      if (rows.length > 0) moveDue(tx, await fire(tx, rows, at));
      return rows.length;
    });
  return {
    user_id: id,
    call: (await serveAs(both))(id),
    setClock,
    firePass,
    fireDue: async () => {
      let total = 0;
      for (let fired = -1; fired !== 0; total += fired) fired = await firePass();
      return total;
    },
    messages: async () => {
      const { rows } = await files.owner.query<{ message: string }>(
        'select message from notifications where user_id = $1 order by id',
        [id],
      );
      return rows.map(({ message }) => message);
    },
  };
}
