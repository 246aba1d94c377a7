import { Button, CloseButton, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import CircleCheck from 'lucide-react/icons/circle-check';
import { useEffect } from 'react';
import { Problem } from '#web/lib/problem.ts';
import { useNow } from '#web/lib/now.ts';
import { duration } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { arrivalQuery } from './arrival-query.ts';
import { minutesAndSeconds, secondsLeft } from './countdown.ts';
import type { FirstReminder } from './kept.ts';
import classes from './first-minute-card.module.css';

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
  const wasTakenBack = error instanceof Problem && error.status === 404;
  useEffect(() => {
    if (wasTakenBack) onClose();
  }, [wasTakenBack, onClose]);
  if (wasTakenBack) return null;
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
    <Paper withBorder p="md" role="status" className={classes['arrived'] ?? ''}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <CircleCheck aria-hidden className={classes['check'] ?? ''} />
          <div>
            <Text fw={700} fz="lg">
              {(lateMs ?? 0) <= ON_TIME_MS ? (
                <Trans>It came on time: {late} late</Trans>
              ) : (
                <Trans>It came, {late} late</Trans>
              )}
            </Text>
            <Text size="sm" mb="xs">
              <Trans>Famulus keeps its promises. Now set one of your own above.</Trans>
            </Text>
            <Button size="xs" variant="default" component={Link} to="/notifications">
              <Trans>See it</Trans>
            </Button>
          </div>
        </Group>
        <CloseButton aria-label={t`Close`} onClick={onClose} />
      </Group>
    </Paper>
  );
}
