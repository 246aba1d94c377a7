import { Group, Select, Text, type OptionsFilter, type SelectProps } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useNow } from '#web/lib/now.ts';
import { clockTime } from './format-time.ts';
import { useTimeSettings } from './time-zone.tsx';
import { matchesZone, timeZones } from './time-zones.ts';

interface TimeZoneSelectProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  /** IANA name */
  value: string;
  onChange: (zone: string) => void;
}

const filter: OptionsFilter = ({ options, search }) =>
  options.filter((option) => 'value' in option && matchesZone(option.value, search));

/** A time zone, found by typing a part of its name, with what the time is there now. */
export function TimeZoneSelect({ value, onChange, ...props }: TimeZoneSelectProps) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const zones = useMemo(() => timeZones([value]), [value]);
  const timeIn = (timezone: string) => clockTime(now, { ...settings, timezone });
  const time = timeIn(value);
  return (
    <Select
      label={t`Time zone`}
      description={t`It is ${time} there now.`}
      searchable
      selectFirstOptionOnChange
      // What is typed is a search, not an addition to the zone's name.
      onFocus={(event) => event.currentTarget.select()}
      allowDeselect={false}
      filter={filter}
      limit={60}
      nothingFoundMessage={t`There is no such time zone`}
      renderOption={({ option }) => (
        <Group justify="space-between" wrap="nowrap" w="100%">
          <span>{option.label.replaceAll('_', ' ')}</span>
          <Text size="sm" span>
            {timeIn(option.value)}
          </Text>
        </Group>
      )}
      {...props}
      data={zones}
      value={value}
      onChange={(zone) => {
        if (zone !== null) onChange(zone);
      }}
    />
  );
}
