import { queryOptions } from '@tanstack/react-query';
import type { reminderPreview } from '#features/reminders/contract.ts';
import { api } from '#web/lib/api.ts';
import type { Wire } from '#web/lib/wire.ts';

export type WordsPreview = Wire<typeof reminderPreview>;

/** As the server takes them. */
export const MOST_CHARACTERS = 2_000;

/** "In 20 minutes" is another instant after a while. */
const FRESH_MS = 20_000;

/** What a reminder in these words would be. */
export function wordsPreview(text: string) {
  return queryOptions({
    queryKey: ['schedules', 'words', text],
    queryFn: async ({ signal }) =>
      await api.post<WordsPreview>('/api/reminders/preview', { text }, { signal }),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    gcTime: 60_000,
  });
}
