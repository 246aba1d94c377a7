import { ActionIcon, Badge, Group, Text, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import X from 'lucide-react/icons/x';
import type { Pair, SecretPair } from './pairs.ts';

interface PairRowProps {
  /** Of all the rows. */
  label: string;
  /** Which of them it is, from 1. */
  place: number;
  /** The value of a secret one is written but not shown. */
  pair: Pair | SecretPair;
  error: string | undefined;
  onChange: (change: Partial<Pair>) => void;
  onRemove: () => void;
}

export function PairRow({ label, place, pair, error, onChange, onRemove }: PairRowProps) {
  const { t } = useLingui();
  const isSecret = 'isSet' in pair;
  const isSet = isSecret && pair.isSet;
  const plain = { spellCheck: false, autoCapitalize: 'none', autoComplete: 'off', flex: '1 1 140px' };
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <Group gap={4} flex={1} miw={0}>
          <TextInput
            {...plain}
            aria-label={t`${label}: name ${place}`}
            placeholder={t`Name`}
            readOnly={isSet}
            error={error !== undefined}
            value={pair.name}
            onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
          />
          <TextInput
            {...plain}
            {...(isSecret && { type: 'password' })}
            aria-label={t`${label}: value ${place}`}
            placeholder={isSet ? t`Replace it` : t`Value`}
            value={pair.value}
            onChange={({ currentTarget }) => onChange({ value: currentTarget.value })}
          />
        </Group>
        {isSet && (
          <Badge size="sm" variant="default" flex="none">
            <Trans>set</Trans>
          </Badge>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t`${label}: remove ${place}`}
          onClick={onRemove}
        >
          <X size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <RowError>{error}</RowError>
    </div>
  );
}

export function RowError({ children }: { children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <Text size="xs" c="var(--mantine-color-error)" role="alert">
      {children}
    </Text>
  );
}
