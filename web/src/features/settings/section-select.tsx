import { NativeSelect } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { sections } from './sections.ts';

/** The sections on a phone. */
export function SectionSelect({ current }: { current: string }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  return (
    <NativeSelect
      hiddenFrom="md"
      label={t`Section`}
      data={sections.map(({ id, label }) => ({ value: id, label: i18n._(label) }))}
      value={current}
      onChange={({ currentTarget }) => void navigate({ to: `/settings/${currentTarget.value}` })}
    />
  );
}
