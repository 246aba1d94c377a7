import { Text, Title } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Reminder } from '#web/features/reminders/reminder.ts';
import { dayStart } from '#web/features/schedules/day-start.ts';
import { DayTitle } from '#web/features/schedules/day-title.tsx';
import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import { daysAfter } from '#web/features/schedules/wall-clock.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { ComingLines } from './coming-lines.tsx';
import { NowLine } from './now-line.tsx';
import { Past } from './past.tsx';

interface DaySectionProps {
  day: string;
  isToday: boolean;
  items: readonly Upcoming[];
  reminders: ReadonlyMap<string, Reminder>;
  /** What is looked for. */
  words: string;
}

/** A day: what comes, and of today what was. */
export function DaySection({ day, isToday, items, reminders, words }: DaySectionProps) {
  const { t } = useLingui();
  return (
    <section aria-labelledby={`day-${day}`}>
      <Title order={2} size="h5" mb="xs" id={`day-${day}`}>
        <DayTitle day={day} />
      </Title>
      <ClockChange day={day} />
      {isToday && (
        <>
          <Past day={day} words={words} />
          <NowLine />
        </>
      )}
      {items.length > 0 && <ComingLines label={t`What comes`} items={items} reminders={reminders} />}
      {items.length === 0 && isToday && (
        <Text c="dimmed" size="sm">
          <Trans>Nothing more today</Trans>
        </Text>
      )}
    </section>
  );
}

const HOUR_MS = 3_600_000;

/** Said of a day on which the clocks change: its hours are not the usual ones. */
function ClockChange({ day }: { day: string }) {
  const { timezone } = useTimeSettings();
  const hours = (dayStart(daysAfter(day, 1), timezone) - dayStart(day, timezone)) / HOUR_MS;
  if (hours === 24) return null;
  return (
    <Text size="sm" mb="xs">
      <Plural
        value={hours}
        one="The clocks change: this day has # hour"
        other="The clocks change: this day has # hours"
      />
    </Text>
  );
}
