import { Checkbox, Group, Input, Stack, Text } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { scopeGroups } from './scope-groups.ts';
import { areaNames, rightNames } from './words.ts';

interface ScopeFieldsProps {
  scopes: readonly string[];
  value: readonly string[];
  error?: string | undefined;
  onChange: (value: string[]) => void;
}

/** What a token may do: a line an area. */
export function ScopeFields({ scopes, value, error, onChange }: ScopeFieldsProps) {
  const { t, i18n } = useLingui();
  const id = useId();
  const areaName = (area: string) => (areaNames[area] ? i18n._(areaNames[area]) : area);
  const rightName = (right: string) => (rightNames[right] ? i18n._(rightNames[right]) : right);
  return (
    <Stack gap="xs" role="group" aria-labelledby={id}>
      <Group justify="space-between">
        <Text size="sm" fw={500} id={id}>
          {t`What it may do`}
        </Text>
        <Checkbox
          label={t`Everything`}
          checked={value.length === scopes.length}
          indeterminate={value.length > 0 && value.length < scopes.length}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? [...scopes] : [])}
        />
      </Group>
      {scopeGroups(scopes).map(({ area, rights }) => (
        <Group key={area} justify="space-between" role="group" aria-label={areaName(area)}>
          <Text size="sm">{areaName(area)}</Text>
          <Group gap="lg">
            {rights.map((right) => {
              const scope = `${area}:${right}`;
              return (
                <Checkbox
                  key={scope}
                  label={rightName(right)}
                  checked={value.includes(scope)}
                  onChange={({ currentTarget }) =>
                    onChange(
                      scopes.filter((one) => (one === scope ? currentTarget.checked : value.includes(one))),
                    )
                  }
                />
              );
            })}
          </Group>
        </Group>
      ))}
      {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
    </Stack>
  );
}
