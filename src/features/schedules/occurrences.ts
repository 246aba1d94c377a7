import { newId } from '#platform/ids/index.ts';
import type { NewOccurrence, ScheduleRecord } from './queries.ts';

/** An occurrence of a schedule's present revision, at a nominal instant. */
export function occurrenceOf(
  { id, user_id, revision }: ScheduleRecord,
  due_at: Date,
  { trigger, fate }: Pick<NewOccurrence, 'trigger' | 'fate'>,
): NewOccurrence {
  return {
    id: newId(),
    schedule_id: id,
    user_id,
    revision,
    due_at,
    trigger,
    until: null,
    count: 1,
    fate,
    reason: null,
  };
}
