import { Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNow } from '#web/lib/now.ts';
import { clockTime, dayAndTime, duration } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Occurrence } from '../use-reminder-lists.ts';
import { lateness } from './lateness.ts';

type Facts = Pick<Occurrence, 'due_at' | 'until' | 'count' | 'fired_at' | 'late_ms' | 'reason'>;

/** When it was due, when it came and how late that was. */
export function OccurrenceFacts({ occurrence }: { occurrence: Facts }) {
  const { due_at, until, count, fired_at, late_ms, reason } = occurrence;
  const { t } = useLingui();
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const due = dayAndTime(due_at, settings, now);
  const last = until === null ? '' : dayAndTime(until, settings, now);
  const fired = fired_at === null ? '' : clockTime(fired_at, settings);
  const late = late_ms === null ? undefined : lateness(late_ms);
  const howLate = late_ms === null ? '' : duration(late_ms, settings.locale);
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
        {count > 1 && (
          <>
            {' · '}
            <Plural value={count} one="# time" other="# times" />
          </>
        )}
        {fired_at !== null && (
          <> · {late === 'on_time' ? t`came on time` : t`came ${fired}, ${howLate} late`}</>
        )}
      </Text>
      {reason !== null && (
        <Text size="sm" c="dimmed">
          {reason}
        </Text>
      )}
    </>
  );
}
