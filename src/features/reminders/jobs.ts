import { record } from '#features/activity/index.ts';
import { speak } from '#features/conversations/index.ts';
import { isOutage, type Database } from '#platform/db/index.ts';
import { messageOf } from '#platform/errors/index.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import { toldOf } from './queries.ts';

/** With the lanes' waits, which grow to five minutes: about a day. */
const MAX_ATTEMPTS = 300;
/** Each start says what it comes to, and what was said stays said: workers that die with it do not make it a bad one. */
const MAX_STARTS = 100_000;

/**
 * Behind fired reminders: what their notifications said appears in the assistants' main threads too, once. Each as its
 * own user and in a transaction of its own, so that one that fails holds up no other; being said once bears that a
 * second worker says it at the same time.
 */
export function speakReminders(database: Database): LaneHandler {
  return {
    kind: 'reminder.speak',
    maxAttempts: MAX_ATTEMPTS,
    maxStarts: MAX_STARTS,
    work: async (item, lease) => {
      const { occurrence_ids } = item.payload as { occurrence_ids: string[] };
      const failures: unknown[] = [];
      for (const { occurrence_id, user_id, assistant_id, message, tainted } of await toldOf(
        database.system,
        occurrence_ids,
      )) {
        lease.signal.throwIfAborted();
        const external_id = `occurrence:${occurrence_id}`;
        try {
          await database.asUser(
            user_id,
            async (tx) => await speak(tx, { user_id, assistant_id, text: message, external_id, tainted }),
          );
        } catch (error) {
          if (isOutage(error)) throw error;
          failures.push(error);
        }
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} not said: ${messageOf(failures[0])}`);
      }
    },
    onParked: async (tx, item, error) => {
      const { occurrence_ids } = item.payload as { occurrence_ids: string[] };
      const users = new Set((await toldOf(tx.db, occurrence_ids)).map(({ user_id }) => user_id));
      await record(
        tx,
        ...[...users].map((user_id) => ({
          user_id,
          actor: 'system' as const,
          type: 'reminder.unsaid',
          level: 'error' as const,
          message: `What reminders said could not all be said in the thread too: ${error}`,
          subject: `job:${item.key}`,
        })),
      );
    },
    // What was told of it stands: it was so.
    onRetried: async () => await Promise.resolve(),
  };
}
