import { ActionIcon, Button, Menu } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import { lazy, Suspense, useState } from 'react';
import { useNow } from '#web/lib/now.ts';
import { clockTime } from '#web/ui/time/format-time.ts';
import { localClock } from '#web/ui/time/local-clock.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { nameOf, type Reminder } from '../reminder.ts';
import { snooze } from './snooze.tsx';
import { snoozeMinutes, tomorrowMorning, type SnoozeChoice } from './snooze-choices.ts';
import classes from './snooze-menu.module.css';

const SnoozeDialog = lazy(async () => ({ default: (await import('./snooze-dialog.tsx')).SnoozeDialog }));

const MINUTE_MS = 60_000;

interface SnoozeMenuProps {
  reminder: Reminder;
  /** With its name, where there is room. */
  withLabel?: boolean;
}

/** Puts a reminder off: the usual choices, and any time. */
export function SnoozeMenu({ reminder, withLabel = false }: SnoozeMenuProps) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const now = useNow(MINUTE_MS);
  const [isPicking, setPicking] = useState(false);
  const name = nameOf(reminder);
  const labels = { 10: t`In 10 minutes`, 60: t`In an hour` };
  const put = (choice: SnoozeChoice) => void snooze(reminder, choice, settings);
  return (
    <>
      <Menu position="bottom-end" width={230} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          {withLabel ? (
            <Button variant="default" leftSection={<AlarmClock size={16} aria-hidden />}>
              <Trans>Snooze</Trans>
            </Button>
          ) : (
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Snooze: ${name}`}>
              <AlarmClock size={18} aria-hidden />
            </ActionIcon>
          )}
        </Menu.Target>
        <Menu.Dropdown>
          {snoozeMinutes.map((minutes) => (
            <Menu.Item
              key={minutes}
              onClick={() => put({ minutes })}
              rightSection={<Clock>{clockTime(now + minutes * MINUTE_MS, settings)}</Clock>}
            >
              {labels[minutes]}
            </Menu.Item>
          ))}
          <Menu.Item
            onClick={() => put(tomorrowMorning(Date.now(), settings.timezone))}
            rightSection={<Clock>{localClock('09:00', settings)}</Clock>}
          >
            <Trans>Tomorrow morning</Trans>
          </Menu.Item>
          <Menu.Item onClick={() => setPicking(true)}>
            <Trans>Pick a time…</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isPicking && (
        <Suspense fallback={null}>
          <SnoozeDialog reminder={reminder} onClose={() => setPicking(false)} />
        </Suspense>
      )}
    </>
  );
}

function Clock({ children }: { children: string }) {
  return <span className={classes['clock']}>{children}</span>;
}
