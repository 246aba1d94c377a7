import { Paper, Title } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { groupByDay } from '#web/features/schedules/day-groups.ts';
import { DayTitle } from '#web/features/schedules/day-title.tsx';
import { wallClock } from '#web/features/schedules/wall-clock.ts';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Reminder } from '../reminder.ts';
import { ReminderRow } from '../rows/reminder-row.tsx';
import { useReminderList, type ReminderTab } from '../use-reminder-lists.ts';
import { NoReminders } from './no-reminders.tsx';
import classes from './reminder-list.module.css';

interface ReminderListProps {
  tab: ReminderTab;
  search: string;
  /** Takes an example to the words. */
  onExample: (words: string) => void;
}

/** One tab's reminders; those to come are grouped by day. */
export function ReminderList({ tab, search, onExample }: ReminderListProps) {
  const { t } = useLingui();
  const list = useReminderList(tab, search);
  if (list.error && !list.reminders) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.reminders) return <ListSkeleton height={64} />;
  if (list.reminders.length === 0 && !list.hasNextPage) {
    return <NoReminders tab={tab} isSearch={search.trim() !== ''} onExample={onExample} />;
  }
  return (
    <>
      {tab === 'upcoming' ? (
        <ByDay reminders={list.reminders} />
      ) : (
        <Rows reminders={list.reminders} label={tab === 'paused' ? t`Paused` : t`Recurring`} withDay />
      )}
      <LoadMore query={list} />
    </>
  );
}

function ByDay({ reminders }: { reminders: readonly Reminder[] }) {
  const { timezone } = useTimeSettings();
  const days = groupByDay(reminders, ({ next_fire_at }) =>
    next_fire_at === null ? undefined : wallClock(next_fire_at, timezone).date,
  );
  return days.map(({ day, items }) => (
    <section key={day} aria-labelledby={`day-${day}`}>
      <Title order={3} size="h6" mt="md" mb="xs" id={`day-${day}`}>
        <DayTitle day={day} />
      </Title>
      <Rows reminders={items} />
    </section>
  ));
}

interface RowsProps {
  reminders: readonly Reminder[];
  label?: string;
  withDay?: boolean;
}

function Rows({ reminders, label, withDay = false }: RowsProps) {
  return (
    <Paper withBorder component="ul" className={classes['rows'] ?? ''} aria-label={label}>
      {reminders.map((reminder) => (
        <ReminderRow key={reminder.id} reminder={reminder} withDay={withDay} />
      ))}
    </Paper>
  );
}
