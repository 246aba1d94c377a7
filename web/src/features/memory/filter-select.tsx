import { NativeSelect } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { ListFilter } from '#features/memory/contract.ts';

export type Filter = ListFilter | 'all';

interface FilterSelectProps {
  value: Filter;
  onChange: (filter: Filter) => void;
}

/** Which memories are shown. */
export function FilterSelect({ value, onChange }: FilterSelectProps) {
  const { t } = useLingui();
  const data: { value: Filter; label: string }[] = [
    { value: 'all', label: t`All` },
    { value: 'pinned', label: t`Pinned` },
    { value: 'assistant', label: t`Noted by an assistant` },
    { value: 'tainted', label: t`A stranger’s words` },
    { value: 'off', label: t`Switched off` },
    { value: 'expired', label: t`Past their time` },
  ];
  return (
    <NativeSelect
      label={t`Show`}
      data={data}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value as Filter)}
    />
  );
}
