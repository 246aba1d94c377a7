import { notifyNew, type Channels, type NewNotification } from '#features/notifications/index.ts';
import type { FiredOccurrence, ScheduleKind } from '#features/schedules/index.ts';
import type { JsonValue, Tx } from '#platform/db/index.ts';
import { newId } from '#platform/ids/index.ts';
import { remindersOfSchedules, reopen, type SpokenReminder } from './queries.ts';
import { spokenText } from './wording.ts';

/**
 * Occurrences of one lane item, whosever they are: a lane for each takes longer to write than all else that fires it.
 */
const SAID_TOGETHER = 50;

/** The event other services read from the Redis queue: the shape of the original cron service. */
function redisEvent({ occurrence, schedule }: FiredOccurrence, reminder: SpokenReminder): JsonValue {
  return {
    assistant_id: reminder.assistant_id,
    event: 'reminder_triggered',
    payload: {
      reminder_id: reminder.reminder_id,
      user_id: reminder.user_id,
      reminder_type: schedule.type,
      payload: reminder.payload,
      triggered_at: occurrence.fired_at!.toISOString(),
      created_at: reminder.created_at.toISOString(),
      occurrence_id: occurrence.id,
      due_at: occurrence.due_at.toISOString(),
      late_ms: occurrence.late_ms,
    },
  };
}

/** What its user said just now, be it for a time that has passed, is not late. */
function lateness({ occurrence: { trigger, late_ms } }: FiredOccurrence): number {
  return trigger === 'manual' || trigger === 'backfill' ? 0 : late_ms!;
}

function notification(
  fired: FiredOccurrence,
  reminder: SpokenReminder,
): NewNotification & { id: string; occurrence_id: string } {
  return {
    id: newId(),
    user_id: reminder.user_id,
    kind: 'reminder',
    title: reminder.title,
    message: spokenText(reminder.payload.text, lateness(fired), fired.missed, reminder.locale),
    actions: [{ action: 'done' }, { action: 'snooze', minutes: 10 }, { action: 'snooze', minutes: 60 }],
    subject: `reminder:${reminder.reminder_id}`,
    occurrence_id: fired.occurrence.id,
    redis_event: redisEvent(fired, reminder),
  };
}

/** A reminder that fires is a notification at once, and behind it a message of the assistant in its main thread. */
async function fireReminders(tx: Tx, fired: FiredOccurrence[], channels: Channels): Promise<void> {
  const reminders = await remindersOfSchedules(
    tx.db,
    fired.map(({ schedule }) => schedule.id),
  );
  const bySchedule = new Map(reminders.map((reminder) => [reminder.schedule_id, reminder]));
  const pairs = fired.flatMap((item) => {
    const reminder = bySchedule.get(item.schedule.id);
    return reminder ? [{ item, reminder, notification: notification(item, reminder) }] : [];
  });
  await notifyNew(
    tx,
    pairs.map((pair) => pair.notification),
    channels,
  );
  reopen(
    tx,
    fired.flatMap(({ schedule }) => (schedule.type === 'recurring' ? [schedule.id] : [])),
  );
  for (const { item, reminder, notification: told } of pairs) {
    const { occurrence } = item;
    const { reminder_id, user_id } = reminder;
    tx.emit({
      user_id,
      type: 'reminder.fired',
      subject: `reminder:${reminder_id}`,
      payload: {
        reminder_id,
        occurrence_id: occurrence.id,
        notification_id: told.id,
        due_at: occurrence.due_at.toISOString(),
        late_ms: occurrence.late_ms,
      },
    });
  }
  for (let from = 0; from < pairs.length; from += SAID_TOGETHER) {
    const occurrence_ids = pairs.slice(from, from + SAID_TOGETHER).map(({ item }) => item.occurrence.id);
    tx.enqueue({
      key: `occurrence:${occurrence_ids[0]!}`,
      user_id: null,
      type: 'system',
      kind: 'reminder.speak',
      payload: { occurrence_ids },
    });
  }
}

/** How the scheduler fires reminders. With its commit they are delivered: the web channel reads the notification. */
export function reminderKind(channels: Channels): ScheduleKind {
  return {
    kind: 'reminder',
    fate: 'delivered',
    fire: async (tx, fired) => await fireReminders(tx, fired, channels),
  };
}
