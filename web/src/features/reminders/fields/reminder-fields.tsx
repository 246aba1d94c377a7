import { Button, Collapse, Group, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { RepeatRuleFields } from '#web/features/schedules/repeat-rule-fields.tsx';
import { isTooOften } from '#web/features/schedules/repeat-rule.ts';
import { TimePreview, useTimePreview } from '#web/features/schedules/time-preview.tsx';
import { fieldErrors } from '#web/lib/problem.ts';
import { TimeZoneSelect } from '#web/ui/time/time-zone-select.tsx';
import { hasMore, MoreFields } from './more-fields.tsx';
import { timeOf, type ReminderDraft } from './reminder-draft.ts';

interface ReminderFieldsProps {
  draft: ReminderDraft;
  onChange: (draft: ReminderDraft) => void;
  /** The server's, by the API's names. */
  errors: Record<string, string>;
  focusFirst?: boolean;
}

/** Everything of a reminder, field by field, with its next times. */
export function ReminderFields({ draft, onChange, errors, focusFirst = false }: ReminderFieldsProps) {
  const { t } = useLingui();
  const [isMoreOpen, setMoreOpen] = useState(hasMore(draft));
  const moreId = useId();
  const { preview, error } = useTimePreview(timeOf(draft), draft.timezone);
  const set = (change: Partial<ReminderDraft>) => onChange({ ...draft, ...change });

  const previewErrors = fieldErrors(error) ?? {};
  const passed = previewErrors['local_time'] === undefined ? undefined : t`That time has passed`;
  const often = preview && isTooOften(preview.next) ? t`That is more often than once a minute` : undefined;
  const onceError = errors['local_time'] ?? errors['trigger_at'] ?? passed;
  const ruleError =
    errors['cron_expression'] ??
    errors['rrule'] ??
    previewErrors['cron_expression'] ??
    previewErrors['rrule'] ??
    often;

  return (
    <Stack gap="sm">
      <Textarea
        label={t`What to say`}
        required
        withAsterisk={false}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={10_000}
        value={draft.text}
        error={errors['text'] ?? errors['payload.text']}
        data-autofocus={focusFirst || undefined}
        onChange={({ currentTarget }) => set({ text: currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t`How often`}
        value={draft.type}
        onChange={(type) => set({ type })}
        data={[
          { value: 'one_time', label: t`Once` },
          { value: 'recurring', label: t`Again and again` },
        ]}
      />
      {draft.type === 'one_time' ? (
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label={t`Day`}
            value={draft.date}
            error={onceError}
            onChange={({ currentTarget }) => set({ date: currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t`Time`}
            value={draft.time}
            error={onceError !== undefined}
            onChange={({ currentTarget }) => set({ time: currentTarget.value })}
          />
        </Group>
      ) : (
        <RepeatRuleFields value={draft.rule} error={ruleError} onChange={(rule) => set({ rule })} />
      )}
      <TimeZoneSelect
        value={draft.timezone}
        error={errors['timezone']}
        onChange={(timezone) => set({ timezone })}
      />
      <TimePreview preview={preview} timezone={draft.timezone} />
      <TextInput
        type="number"
        min={1}
        max={44_640}
        step="any"
        label={t`Ask again every so many minutes, until done`}
        description={<Trans>Empty: it is said once</Trans>}
        value={draft.nagMinutes}
        error={errors['nag_every_s']}
        onChange={({ currentTarget }) => set({ nagMinutes: currentTarget.value })}
      />
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={isMoreOpen}
          aria-controls={moreId}
          rightSection={<ChevronDown size={16} aria-hidden />}
          onClick={() => setMoreOpen(!isMoreOpen)}
        >
          <Trans>More</Trans>
        </Button>
        <Collapse expanded={isMoreOpen} id={moreId}>
          <Stack gap="sm" pt="xs">
            <MoreFields draft={draft} set={set} errors={errors} />
          </Stack>
        </Collapse>
      </div>
    </Stack>
  );
}
