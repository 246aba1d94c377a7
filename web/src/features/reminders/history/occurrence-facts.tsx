import { Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useNow } from '#web/lib/now.ts';
import { dayAndTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { useOccurrenceWords, type OccurrenceRun } from './use-occurrence-words.ts';

/** When it was due, why, when it came and how late that was. */
export function OccurrenceFacts({ occurrence }: { occurrence: OccurrenceRun & { reason: string | null } }) {
  const { due_at, until, reason } = occurrence;
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const words = useOccurrenceWords(occurrence);
  const due = dayAndTime(due_at, settings, now);
  const last = until === null ? '' : dayAndTime(until, settings, now);
  return (
    <>
      <Text size="sm">
        {until === null ? (
          <Trans>Due {due}</Trans>
        ) : (
          <Trans>
            Due from {due} to {last}
          </Trans>
        )}
        {words.map((word) => ` · ${word}`).join('')}
      </Text>
      {reason !== null && (
        <Text size="sm" c="dimmed">
          {reason}
        </Text>
      )}
    </>
  );
}
