import { Alert, Button, CloseButton, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import CircleCheck from 'lucide-react/icons/circle-check';
import { Problem } from '#web/lib/problem.ts';
import { useNow } from '#web/lib/now.ts';
import { duration } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { arrivalQuery } from './arrival-query.ts';
import { minutesAndSeconds, secondsLeft } from './countdown.ts';
import type { FirstReminder } from './kept.ts';

/** What still is on time. */
const ON_TIME_MS = 1_000;
const MINUTE_S = 60;

interface FirstMinuteCardProps {
  reminder: FirstReminder;
  onClose: () => void;
}

/** Counts down to the first reminder, and says how punctual it was. */
export function FirstMinuteCard({ reminder, onClose }: FirstMinuteCardProps) {
  const { data: arrival, error } = useQuery(arrivalQuery(reminder.id));
  // It was taken back.
  if (error instanceof Problem && error.status === 404) return null;
  return arrival ? <Arrived lateMs={arrival.late_ms} onClose={onClose} /> : <Waiting reminder={reminder} />;
}

function Waiting({ reminder }: { reminder: FirstReminder }) {
  const { t } = useLingui();
  const left = secondsLeft(reminder, useNow(1_000));
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>
            <Trans>Your first reminder is on its way</Trans>
          </Text>
          <Text fw={700} fz="xl" role="timer" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {minutesAndSeconds(left)}
          </Text>
        </Group>
        <Progress
          value={100 - (Math.min(left, MINUTE_S) / MINUTE_S) * 100}
          aria-label={t`Time until the reminder`}
          transitionDuration={900}
        />
        <Text size="sm" c="dimmed">
          <Trans>You may look around meanwhile: it arrives wherever you are.</Trans>
        </Text>
      </Stack>
    </Paper>
  );
}

function Arrived({ lateMs, onClose }: { lateMs: number | null; onClose: () => void }) {
  const { t } = useLingui();
  const { locale } = useTimeSettings();
  const late = duration(lateMs ?? 0, locale);
  return (
    <Alert
      role="status"
      color="green"
      variant="outline"
      icon={<CircleCheck aria-hidden />}
      title={(lateMs ?? 0) <= ON_TIME_MS ? t`It came on time: ${late} late` : t`It came, ${late} late`}
    >
      <Group justify="space-between">
        <Text size="sm">
          <Trans>Famulus keeps its promises. Now set one of your own above.</Trans>
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" component={Link} to="/notifications">
            <Trans>See it</Trans>
          </Button>
          <CloseButton aria-label={t`Close`} onClick={onClose} />
        </Group>
      </Group>
    </Alert>
  );
}
