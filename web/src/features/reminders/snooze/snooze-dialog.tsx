import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type SubmitEvent } from 'react';
import { TimePreview, useTimePreview } from '#web/features/schedules/time-preview.tsx';
import { daysAfter, wallClock } from '#web/features/schedules/wall-clock.ts';
import { fieldErrors } from '#web/lib/problem.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { nameOf, type Reminder } from '../reminder.ts';
import { snooze } from './snooze.tsx';

interface SnoozeDialogProps {
  reminder: Reminder;
  onClose: () => void;
}

/** Puts a reminder off to any day and time. */
export function SnoozeDialog({ reminder, onClose }: SnoozeDialogProps) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const [date, setDate] = useState(() => daysAfter(wallClock(Date.now(), settings.timezone).date, 1));
  const [time, setTime] = useState('09:00');
  const [isSaving, setSaving] = useState(false);
  const local_time = date === '' || time === '' ? undefined : `${date}T${time}`;
  const asked = local_time === undefined ? undefined : { local_time };
  const { preview, error } = useTimePreview(asked, settings.timezone);
  const passed = fieldErrors(error)?.['local_time'] && t`That time has passed`;

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!asked) return;
    setSaving(true);
    if (await snooze(reminder, asked, settings)) onClose();
    else setSaving(false);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Snooze`}
      closeButtonProps={{ 'aria-label': t`Close` }}
      centered
      size="sm"
    >
      <form onSubmit={(event) => void onSubmit(event)}>
        <Stack gap="sm">
          <Text size="sm" lineClamp={3}>
            {nameOf(reminder)}
          </Text>
          <Group grow align="flex-start">
            <TextInput
              type="date"
              label={t`Day`}
              value={date}
              error={passed}
              data-autofocus
              onChange={({ currentTarget }) => setDate(currentTarget.value)}
            />
            <TextInput
              type="time"
              label={t`Time`}
              value={time}
              error={passed !== undefined}
              onChange={({ currentTarget }) => setTime(currentTarget.value)}
            />
          </Group>
          <TimePreview preview={preview} timezone={settings.timezone} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={isSaving} disabled={!preview}>
              <Trans>Snooze</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
