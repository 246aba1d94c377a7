import { Button, Collapse, Group, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { CronRuleFields } from '#web/features/schedules/cron-rule-fields.tsx';
import { isTooOften } from '#web/features/schedules/cron-rule.ts';
import { TimePreview, useTimePreview } from '#web/features/schedules/time-preview.tsx';
import { fieldErrors } from '#web/lib/problem.ts';
import { TimeZoneSelect } from '#web/ui/time/time-zone-select.tsx';
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
  const [isMoreOpen, setMoreOpen] = useState(draft.title !== '' || draft.catch_up !== 'latest');
  const moreId = useId();
  const { preview, error } = useTimePreview(timeOf(draft), draft.timezone);
  const set = (change: Partial<ReminderDraft>) => onChange({ ...draft, ...change });

  const previewErrors = fieldErrors(error) ?? {};
  const passed = previewErrors['local_time'] === undefined ? undefined : t`That time has passed`;
  const often = preview && isTooOften(preview.next) ? t`That is more often than once a minute` : undefined;
  const onceError = errors['local_time'] ?? errors['trigger_at'] ?? passed;
  const ruleError = errors['cron_expression'] ?? previewErrors['cron_expression'] ?? often;

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
        <CronRuleFields value={draft.rule} error={ruleError} onChange={(rule) => set({ rule })} />
      )}
      <TimeZoneSelect
        value={draft.timezone}
        error={errors['timezone']}
        onChange={(timezone) => set({ timezone })}
      />
      <TimePreview preview={preview} timezone={draft.timezone} />
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
            <TextInput
              label={t`Title`}
              description={<Trans>A short name for lists, where the words are long</Trans>}
              maxLength={200}
              value={draft.title}
              error={errors['title']}
              onChange={({ currentTarget }) => set({ title: currentTarget.value })}
            />
            {draft.type === 'recurring' && <CatchUp draft={draft} set={set} />}
          </Stack>
        </Collapse>
      </div>
    </Stack>
  );
}

interface CatchUpProps {
  draft: ReminderDraft;
  set: (change: Partial<ReminderDraft>) => void;
}

function CatchUp({ draft, set }: CatchUpProps) {
  const { t } = useLingui();
  return (
    <Select
      label={t`After Famulus was not running`}
      description={<Trans>Which of the times that passed meanwhile still come</Trans>}
      data={[
        { value: 'latest', label: t`The latest one` },
        { value: 'all', label: t`All of them` },
        { value: 'skip', label: t`None` },
      ]}
      value={draft.catch_up}
      allowDeselect={false}
      onChange={(value) => value !== null && set({ catch_up: value })}
    />
  );
}
