import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { NextTimes } from './next-times.tsx';
import { schedulePreview, type AskedTime, type SchedulePreview } from './schedule-preview.ts';
import classes from './time-preview.module.css';

const TYPING_MS = 300;
const nothing: AskedTime = { cron_expression: '' };

/** What the server says of a time while it is being entered. */
export function useTimePreview(time: AskedTime | undefined, timezone: string) {
  const [asked] = useDebouncedValue(JSON.stringify({ time: time ?? nothing, timezone }), TYPING_MS);
  const { time: settled, timezone: zone } = JSON.parse(asked) as { time: AskedTime; timezone: string };
  const query = useQuery({
    ...schedulePreview(settled, zone),
    enabled: time !== undefined && asked !== JSON.stringify({ time: nothing, timezone: zone }),
    placeholderData: keepPreviousData,
  });
  return {
    preview: time === undefined || query.error ? undefined : query.data,
    error: time === undefined ? undefined : query.error,
  };
}

interface TimePreviewProps {
  preview: SchedulePreview | undefined;
  timezone: string;
}

/** A rule in words with its next three times. */
export function TimePreview({ preview, timezone }: TimePreviewProps) {
  const { t } = useLingui();
  return (
    <Paper withBorder p="sm" className={classes['card'] ?? ''}>
      {preview ? (
        <Stack gap={6}>
          <Text size="sm" fw={600} className={classes['when'] ?? ''} role="status">
            {preview.description}
          </Text>
          <NextTimes instants={preview.next} timezone={timezone} label={t`Next times`} />
        </Stack>
      ) : (
        <Stack gap="xs" aria-hidden="true">
          <Skeleton height={16} width="50%" animate={false} />
          <Skeleton height={14} width="70%" animate={false} />
        </Stack>
      )}
    </Paper>
  );
}
