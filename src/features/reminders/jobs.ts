import { speak } from '#features/conversations/index.ts';
import { isOutage, type Database } from '#platform/db/index.ts';
import { messageOf } from '#platform/errors/index.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import { toldOf } from './queries.ts';

/**
 * Behind fired reminders: what their notifications said appears in the assistants' main threads too, once. Each as its
 * own user and in a transaction of its own, so that one that fails holds up no other; being said once bears that a
 * second worker says it at the same time.
 */
export function speakReminders(database: Database): LaneHandler {
  return {
    kind: 'reminder.speak',
    work: async (item, lease) => {
      const { occurrence_ids } = item.payload as { occurrence_ids: string[] };
      const failures: unknown[] = [];
      for (const { occurrence_id, user_id, assistant_id, message } of await toldOf(
        database.system,
        occurrence_ids,
      )) {
        lease.signal.throwIfAborted();
        const external_id = `occurrence:${occurrence_id}`;
        try {
          await database.asUser(
            user_id,
            async (tx) => await speak(tx, { user_id, assistant_id, text: message, external_id }),
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
  };
}
