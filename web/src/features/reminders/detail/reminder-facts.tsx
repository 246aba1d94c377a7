import { Paper, Stack, Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NextTimes } from '#web/features/schedules/next-times.tsx';
import { RuleWords } from '#web/features/schedules/rule-words.tsx';
import { useNow } from '#web/lib/now.ts';
import { dayAndTime } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { isNagging, repeatOf, type Reminder } from '../reminder.ts';
import { instantOfLocal } from './instant-of-local.ts';
import { ReminderState } from './reminder-state.tsx';
import classes from './reminder-facts.module.css';

/** What it says, its rule in words, and its next times. */
export function ReminderFacts({ reminder }: { reminder: Reminder }) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const catchUp = { latest: t`The latest one comes`, all: t`All of them come`, skip: t`They are left out` };
  const { timezone, trigger_at, local_time, title, payload, snoozed_from, nag_every_s, jitter_s } = reminder;
  const repeat = repeatOf(reminder);
  const zone = timezone.replaceAll('_', ' ');
  const minutes = (nag_every_s ?? 0) / 60;
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        {title !== null && <Text className={classes['text'] ?? ''}>{payload.text}</Text>}
        <dl className={classes['facts']}>
          <Fact name={t`State`}>
            <ReminderState reminder={reminder} />
          </Fact>
          <Fact name={t`When`}>
            {repeat ? (
              <RuleWords time={repeat} timezone={timezone} since={reminder.created_at} />
            ) : (
              trigger_at !== null && dayAndTime(trigger_at, settings, now)
            )}
            {local_time !== null && (
              <Text size="sm" c="dimmed">
                <Trans>By the clock in {zone}</Trans>
              </Text>
            )}
          </Fact>
          {nag_every_s !== null && (
            <Fact name={t`Asks again`}>
              <Plural value={minutes} one="Every # minute, until done" other="Every # minutes, until done" />
            </Fact>
          )}
          {repeat && <Fact name={t`What is missed`}>{catchUp[reminder.catch_up]}</Fact>}
          {jitter_s > 0 && (
            <Fact name={t`By chance`}>
              <Plural value={jitter_s} one="Up to # second later" other="Up to # seconds later" />
            </Fact>
          )}
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

function Next({ reminder }: { reminder: Reminder }) {
  const { t } = useLingui();
  const { next_fire_at, next_local, type, timezone } = reminder;
  if (next_fire_at === null) return null;
  const instants = next_local.map(instantOfLocal);
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {isNagging(reminder) ? (
          <Trans>Asks again</Trans>
        ) : type === 'one_time' ? (
          <Trans>Comes once</Trans>
        ) : (
          <Trans>Next times</Trans>
        )}
      </Text>
      <NextTimes instants={instants} timezone={timezone} label={t`Next times`} />
    </div>
  );
}
