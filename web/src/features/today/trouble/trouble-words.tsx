import { Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { dayAndTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { useNow } from '#web/lib/now.ts';
import { sentenceOf } from '#web/features/activity/sentence-of.ts';
import type { ErrorEntry, FailedOccurrence, Trouble } from './troubles.ts';

/** What went wrong and why. */
export function TroubleWords({ trouble }: { trouble: Trouble }) {
  if (trouble.about === 'occurrence') return <OccurrenceWords occurrence={trouble.occurrence} />;
  if (trouble.about === 'activity') return <EntryWords entry={trouble.entry} />;
  const { kind, error } = trouble.job;
  return (
    <>
      <Text fw={500}>
        <Trans>Work was given up: {kind}</Trans>
      </Text>
      {error !== null && <Text size="sm">{error}</Text>}
    </>
  );
}

function EntryWords({ entry }: { entry: ErrorEntry }) {
  const { i18n } = useLingui();
  const sentence = sentenceOf(entry);
  return <Text fw={500}>{sentence ? i18n._(sentence) : entry.message}</Text>;
}

function OccurrenceWords({ occurrence }: { occurrence: FailedOccurrence }) {
  const settings = useTimeSettings();
  const { title, text, count, due_at, fate, reason } = occurrence;
  const when = dayAndTime(due_at, settings, useNow(60_000));
  return (
    <>
      <Text fw={500}>{title ?? text}</Text>
      <Text size="sm">
        {fate === 'missed' ? (
          count > 1 ? (
            <Plural value={count} one="Missed once" other="Missed # times while Famulus was not running" />
          ) : (
            <Trans>Missed on {when}: Famulus was not running</Trans>
          )
        ) : (
          <Trans>
            Failed on {when}: {reason}
          </Trans>
        )}
      </Text>
    </>
  );
}
