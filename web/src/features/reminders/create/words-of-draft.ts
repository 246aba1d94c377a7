import type { QueryClient } from '@tanstack/react-query';
import { schedulePreview } from '#web/features/schedules/schedule-preview.ts';
import { timeOf, type ReminderDraft } from '../fields/reminder-draft.ts';

/** A draft in words that can be read again; its time as the server described it last. */
export function wordsOfDraft(client: QueryClient, draft: ReminderDraft): string {
  const text = draft.text.trim();
  const time = timeOf(draft);
  if (text === '' || !time) return text;
  if ('local_time' in time) return `${text} ${draft.date} ${draft.time}`;
  const preview = client.getQueryData(schedulePreview(time, draft.timezone).queryKey);
  return preview ? `${text} ${preview.description}` : text;
}
