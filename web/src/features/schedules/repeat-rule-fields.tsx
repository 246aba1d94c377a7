import { Chip, Group, Input, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { cronOf, type RepeatRule, type Preset } from './repeat-rule.ts';
import { weekdayName, weekOf } from './weekday-names.ts';

interface RepeatRuleFieldsProps {
  value: RepeatRule;
  onChange: (rule: RepeatRule) => void;
  error?: string | undefined;
}

/** How a rule repeats: a few that people have, cron, or a rule as calendars have it. */
export function RepeatRuleFields({ value, onChange, error }: RepeatRuleFieldsProps) {
  const { t } = useLingui();
  const presets: { value: Preset; label: string }[] = [
    { value: 'daily', label: t`Every day` },
    { value: 'weekdays', label: t`Every weekday` },
    { value: 'weekly', label: t`Every week` },
    { value: 'monthly', label: t`Every month` },
    { value: 'custom', label: t`By a cron rule` },
    { value: 'rrule', label: t`By a custom rule (RRULE)` },
  ];
  const isWritten = value.preset === 'custom' || value.preset === 'rrule';

  function choose(preset: string | null): void {
    if (preset === null) return;
    const cron = preset === 'custom' ? (cronOf(value) ?? value.cron) : value.cron;
    onChange({ ...value, preset: preset as Preset, cron });
  }

  return (
    <Stack gap="sm">
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <Select
          label={t`Repeats`}
          data={presets}
          value={value.preset}
          onChange={choose}
          allowDeselect={false}
        />
        {!isWritten && (
          <TextInput
            type="time"
            label={t`At`}
            value={value.time}
            error={error}
            onChange={({ currentTarget }) => onChange({ ...value, time: currentTarget.value })}
          />
        )}
      </Group>
      {value.preset === 'weekly' && <Weekdays value={value} onChange={onChange} />}
      {value.preset === 'monthly' && <MonthDay value={value} onChange={onChange} />}
      {value.preset === 'custom' && (
        <TextInput
          label={t`Cron rule`}
          description={<Trans>Minute, hour, day, month and weekday: “0 9 * * 1-5”</Trans>}
          value={value.cron}
          error={error}
          spellCheck={false}
          autoComplete="off"
          onChange={({ currentTarget }) => onChange({ ...value, cron: currentTarget.value })}
        />
      )}
      {value.preset === 'rrule' && (
        <Textarea
          label={t`Custom rule`}
          description={
            <Trans>
              As calendars write it (RFC 5545): a rule, or lines with DTSTART, RRULE, EXDATE and RDATE
            </Trans>
          }
          autosize
          minRows={2}
          maxRows={8}
          maxLength={20_000}
          value={value.rrule}
          error={error}
          spellCheck={false}
          autoComplete="off"
          onChange={({ currentTarget }) => onChange({ ...value, rrule: currentTarget.value })}
        />
      )}
    </Stack>
  );
}

function Weekdays({ value, onChange }: RepeatRuleFieldsProps) {
  const { t } = useLingui();
  const { locale } = useTimeSettings();
  const isEmpty = value.weekdays.length === 0;
  return (
    <Input.Wrapper
      label={t({ context: 'days of the week', message: 'On' })}
      labelElement="div"
      error={isEmpty ? t`Choose at least one day` : undefined}
      role="group"
      aria-label={t`Days of the week`}
    >
      <Group gap={6} mt={4}>
        <Chip.Group
          multiple
          value={value.weekdays.map(String)}
          onChange={(days) => onChange({ ...value, weekdays: days.map(Number) })}
        >
          {weekOf(locale).map((day) => (
            <Chip key={day} value={String(day)} size="sm" aria-label={weekdayName(day, locale, 'long')}>
              {weekdayName(day, locale, 'short')}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
    </Input.Wrapper>
  );
}

function MonthDay({ value, onChange }: RepeatRuleFieldsProps) {
  const { t } = useLingui();
  const data = [
    ...Array.from({ length: 31 }, (_, index) => ({ value: `${index + 1}`, label: `${index + 1}` })),
    { value: 'L', label: t`The last day` },
  ];
  return (
    <Select
      label={t`Day of the month`}
      description={
        Number(value.monthDay) > 28 ? <Trans>Months without this day are left out</Trans> : undefined
      }
      data={data}
      value={value.monthDay}
      onChange={(monthDay) => monthDay !== null && onChange({ ...value, monthDay })}
      allowDeselect={false}
      searchable
    />
  );
}
