import { Paper, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NextTimes } from '#web/features/schedules/next-times.tsx';
import { RuleWords } from '#web/features/schedules/rule-words.tsx';
import { schedulePreview } from '#web/features/schedules/schedule-preview.ts';
import { useNow } from '#web/lib/now.ts';
import { dayAndTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { Reminder } from '../reminder.ts';
import { ReminderState } from './reminder-state.tsx';
import classes from './reminder-facts.module.css';

/** What it says, its rule in words, and its next times. */
export function ReminderFacts({ reminder }: { reminder: Reminder }) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const catchUp = { latest: t`The latest one comes`, all: t`All of them come`, skip: t`They are left out` };
  const { cron_expression, timezone, trigger_at, title, payload, snoozed_from } = reminder;
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        {title !== null && <Text className={classes['text'] ?? ''}>{payload.text}</Text>}
        <dl className={classes['facts']}>
          <Fact name={t`State`}>
            <ReminderState reminder={reminder} />
          </Fact>
          <Fact name={t`When`}>
            {cron_expression === null ? (
              trigger_at !== null && dayAndTime(trigger_at, settings, now)
            ) : (
              <RuleWords cron={cron_expression} timezone={timezone} />
            )}
          </Fact>
          {cron_expression !== null && <Fact name={t`What is missed`}>{catchUp[reminder.catch_up]}</Fact>}
          <Fact name={t`Set`}>{dayAndTime(reminder.created_at, settings, now)}</Fact>
          {snoozed_from !== null && (
            <Fact name={t`Snoozed from`}>
              <Link
                to="/reminders/$reminderId"
                params={{ reminderId: snoozed_from }}
                className={classes['link'] ?? ''}
              >
                <Trans>the reminder before</Trans>
              </Link>
            </Fact>
          )}
        </dl>
        <Next reminder={reminder} />
      </Stack>
    </Paper>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The instants: a reminder itself has only its local times. */
function Next({ reminder }: { reminder: Reminder }) {
  const { t } = useLingui();
  const { next_fire_at, cron_expression, timezone } = reminder;
  const { data } = useQuery({
    ...schedulePreview({ cron_expression: cron_expression ?? '' }, timezone),
    enabled: cron_expression !== null && next_fire_at !== null,
  });
  if (next_fire_at === null) return null;
  const instants = [next_fire_at, ...(data?.next.filter((instant) => instant > next_fire_at) ?? [])];
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {cron_expression === null ? <Trans>Comes once</Trans> : <Trans>Next times</Trans>}
      </Text>
      <NextTimes instants={instants.slice(0, 3)} timezone={timezone} label={t`Next times`} />
    </div>
  );
}
