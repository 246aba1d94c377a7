import { Group, Text } from '@mantine/core';
import { useNow } from '#web/lib/now.ts';
import { dayAndTime } from '#web/ui/time/format-time.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import classes from './next-times.module.css';

interface NextTimesProps {
  instants: readonly string[];
  label: string;
  /** Of the rule: where it is not the user's own, its clock is shown too. */
  timezone: string;
}

/** The next times of a rule: weekday, day and clock in the user's zone, and how far away each is. */
export function NextTimes({ instants, label, timezone }: NextTimesProps) {
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const there = timezone === settings.timezone ? undefined : { ...settings, timezone };
  return (
    <ol className={classes['times'] ?? ''} aria-label={label}>
      {instants.map((instant) => (
        <li key={instant}>
          <Group gap="xs" justify="space-between">
            <Text size="sm" span>
              {dayAndTime(instant, settings, now)}
              {there && (
                <Text span size="xs" c="dimmed">
                  {' '}
                  ({dayAndTime(instant, there, now)} {timezone})
                </Text>
              )}
            </Text>
            <Text size="sm" c="dimmed" span>
              <RelativeTime instant={instant} />
            </Text>
          </Group>
        </li>
      ))}
    </ol>
  );
}
