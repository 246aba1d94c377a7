import { Kbd, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode, Ref } from 'react';
import { MOST_CHARACTERS } from './words-preview.ts';

interface WordsInputProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: ReactNode;
  ref?: Ref<HTMLInputElement> | undefined;
}

/** The one input for a reminder in words. */
export function WordsInput({ value, onChange, error, hint, ref }: WordsInputProps) {
  const { t } = useLingui();
  return (
    <TextInput
      ref={ref}
      size="md"
      label={t`Remind me`}
      description={hint ?? <Trans>In your words, for example “water the plants every weekday at 8:30”</Trans>}
      value={value}
      error={error}
      maxLength={MOST_CHARACTERS}
      autoComplete="off"
      data-autofocus
      data-words
      rightSection={value.trim() === '' ? undefined : <Kbd aria-hidden="true">↵</Kbd>}
      rightSectionPointerEvents="none"
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
