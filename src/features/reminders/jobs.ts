import { speak } from '#features/conversations/index.ts';
import type { LaneHandler } from '#platform/lanes/index.ts';
import { notificationOf } from './queries.ts';

/** Behind a fired reminder: what the notification said appears in the assistant's main thread too, once. */
export const speakReminder: LaneHandler = {
  kind: 'reminder.speak',
  work: async (item, lease) => {
    const { occurrence_id, assistant_id } = item.payload as { occurrence_id: string; assistant_id: string };
    await lease.finish(async (tx) => {
      const said = await notificationOf(tx.db, occurrence_id);
      if (!said || item.user_id === null) return;
      await speak(tx, {
        user_id: item.user_id,
        assistant_id,
        text: said.message,
        external_id: `occurrence:${occurrence_id}`,
      });
    });
  },
};
