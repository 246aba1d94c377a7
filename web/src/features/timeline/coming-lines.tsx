import { Paper } from '@mantine/core';
import type { Reminder } from '#web/features/reminders/reminder.ts';
import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import { ComingLine } from './coming-line.tsx';
import { Crowd } from './crowd.tsx';
import { fold, type Folded } from './fold.ts';
import { TimesOfDay } from './times-of-day.tsx';
import classes from './line.module.css';

type Reminders = ReadonlyMap<string, Reminder>;

interface ComingLinesProps {
  label: string;
  items: readonly Upcoming[];
  reminders: Reminders;
}

const reading = {
  who: ({ id }: Upcoming) => id,
  at: ({ next_fire_at }: Upcoming) => next_fire_at,
};

/** What comes on a day. */
export function ComingLines({ label, items, reminders }: ComingLinesProps) {
  const of = ({ reminder_id }: Upcoming) => (reminder_id === null ? undefined : reminders.get(reminder_id));
  return (
    <Paper withBorder component="ul" className={classes['lines'] ?? ''} aria-label={label}>
      {fold(items, reading).map((line) => (
        <ComingFolded key={keyOf(line)} line={line} of={of} />
      ))}
    </Paper>
  );
}

function keyOf(line: Folded<Upcoming>): string {
  const item = line.kind === 'one' ? line.item : line.items[0];
  // A line of many stays the same, and open, when its first has come.
  return line.kind === 'repeated' ? `${item?.id}` : `${item?.id} ${item?.next_fire_at}`;
}

interface ComingFoldedProps {
  line: Folded<Upcoming>;
  of: (item: Upcoming) => Reminder | undefined;
}

function ComingFolded({ line, of }: ComingFoldedProps) {
  if (line.kind === 'one') return <ComingLine item={line.item} reminder={of(line.item)} />;
  const [first] = line.items;
  if (!first) return null;
  if (line.kind === 'repeated') {
    return (
      <ComingLine item={first} reminder={of(first)}>
        <TimesOfDay instants={line.items.map(({ next_fire_at }) => next_fire_at)} />
      </ComingLine>
    );
  }
  return (
    <Crowd at={first.next_fire_at} count={line.items.length}>
      {() => line.items.map((item) => <ComingLine key={item.id} item={item} reminder={of(item)} />)}
    </Crowd>
  );
}
