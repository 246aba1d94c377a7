import { Button, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { noFilter, type FilterForm } from './filter.ts';
import { levelNames, typeNames } from './words.ts';

interface ActivityFilterProps {
  value: FilterForm;
  onChange: (value: FilterForm) => void;
}

/** Narrows the log; each choice takes effect at once. */
export function ActivityFilterForm({ value, onChange }: ActivityFilterProps) {
  const { t, i18n } = useLingui();
  const options = (names: typeof typeNames) =>
    Object.entries(names).map(([key, name]) => ({ value: key, label: i18n._(name) }));
  const isNarrowed = Object.values(value).some((one) => one !== '');
  return (
    <SimpleGrid component="form" cols={{ base: 2, sm: 4 }} spacing="sm" mb="md" aria-label={t`Filter`}>
      <NativeSelect
        label={t`Level`}
        data={[{ value: '', label: t`All` }, ...options(levelNames)]}
        value={value.level}
        onChange={({ currentTarget }) =>
          onChange({ ...value, level: currentTarget.value as FilterForm['level'] })
        }
      />
      <NativeSelect
        label={t`What`}
        data={[{ value: '', label: t`Everything` }, ...options(typeNames)]}
        value={value.type}
        onChange={({ currentTarget }) => onChange({ ...value, type: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t`From`}
        value={value.from}
        {...(value.to !== '' && { max: value.to })}
        onChange={({ currentTarget }) => onChange({ ...value, from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t`To`}
        value={value.to}
        {...(value.from !== '' && { min: value.from })}
        onChange={({ currentTarget }) => onChange({ ...value, to: currentTarget.value })}
      />
      {isNarrowed && (
        <Button variant="default" size="xs" w="fit-content" onClick={() => onChange(noFilter)}>
          <Trans>Show everything</Trans>
        </Button>
      )}
    </SimpleGrid>
  );
}
