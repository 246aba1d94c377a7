import { TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';

interface TimeFieldProps {
  label: string;
  /** As it is saved: `22:00`. */
  value: string;
  /** What it must not be. */
  other: string;
  onSave: (time: string) => void;
}

/** A time of day that is saved when the field is left, or with Enter. */
export function TimeField({ label, value, other, onSave }: TimeFieldProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<string>();
  const isWrong = typed === other;

  function finish(): void {
    if (typed === undefined || isWrong) return;
    setTyped(undefined);
    if (typed !== '' && typed !== value) onSave(typed);
  }

  return (
    <TextInput
      type="time"
      label={label}
      miw="8rem"
      value={typed ?? value}
      error={isWrong && t`Start and end must differ.`}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={finish}
      onKeyDown={({ key }) => {
        if (key === 'Enter') finish();
      }}
    />
  );
}
