import { Box, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { clockTime } from '#web/ui/time/format-time.ts';
import { RelativeTime } from '#web/ui/time/relative-time.tsx';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import classes from './upcoming-row.module.css';

export function UpcomingRow({ item }: { item: Upcoming }) {
  const settings = useTimeSettings();
  const to = item.reminder_id === null ? '/reminders' : `/reminders/${item.reminder_id}`;
  return (
    <Box component="li" className={classes['row'] ?? ''}>
      <Link to={to} className={classes['link'] ?? ''}>
        <Text span fw={600} className={classes['time'] ?? ''}>
          {clockTime(item.next_fire_at, settings)}
        </Text>
        <Text span className={classes['words'] ?? ''} lineClamp={2}>
          {item.title ?? item.text}
        </Text>
        <Text span size="sm" c="dimmed" className={classes['far'] ?? ''}>
          <RelativeTime instant={item.next_fire_at} />
        </Text>
      </Link>
    </Box>
  );
}
