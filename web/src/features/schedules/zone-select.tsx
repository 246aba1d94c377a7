import { Select } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';

interface ZoneSelectProps {
  value: string;
  onChange: (timezone: string) => void;
  error?: string | undefined;
}

const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** A time zone by its name; what is typed finds cities with spaces too: "new york". */
export function ZoneSelect({ value, onChange, error }: ZoneSelectProps) {
  const { t } = useLingui();
  const data = (zones.includes(value) ? zones : [value, ...zones]).map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
  }));
  return (
    <Select
      label={t`Time zone`}
      data={data}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      error={error}
      searchable
      allowDeselect={false}
      limit={50}
      nothingFoundMessage={t`No such time zone`}
    />
  );
}
