import { Button, Fieldset, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Plus from 'lucide-react/icons/plus';
import type { ReactNode } from 'react';
import { PairRow, RowError } from './pair-row.tsx';
import type { Pair } from './pairs.ts';

interface PairRowsProps<T extends Pair> {
  label: string;
  description: ReactNode;
  /** Where the server speaks of them: `config.query`. */
  path: string;
  errors: Record<string, string>;
  pairs: readonly T[];
  empty: () => T;
  onChange: (pairs: T[]) => void;
}

/** Names with values, a row each. */
export function PairRows<T extends Pair>({
  label,
  description,
  path,
  errors,
  pairs,
  empty,
  onChange,
}: PairRowsProps<T>) {
  const { t } = useLingui();
  return (
    <Fieldset legend={label} p="sm">
      <Text size="xs" c="dimmed">
        {description}
      </Text>
      <Stack gap="xs" mt="xs">
        {pairs.map((pair, index) => (
          <PairRow
            key={pair.key}
            label={label}
            place={index + 1}
            pair={pair}
            error={errors[`${path}.${pair.name.trim()}`]}
            onChange={(change) => onChange(pairs.map((one) => (one === pair ? { ...one, ...change } : one)))}
            onRemove={() => onChange(pairs.filter((one) => one !== pair))}
          />
        ))}
        <RowError>{errors[path]}</RowError>
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<Plus size={14} aria-hidden />}
          aria-label={t`${label}: add`}
          onClick={() => onChange([...pairs, empty()])}
        >
          <Trans>Add</Trans>
        </Button>
      </Stack>
    </Fieldset>
  );
}
