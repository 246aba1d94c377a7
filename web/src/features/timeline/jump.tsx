import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { askedDay } from './asked-day.ts';

interface JumpProps {
  /** `2026-11-30`: what is shown begins with it. */
  first: string;
  today: string;
}

/** Shows what comes from another day on. */
export function Jump({ first, today }: JumpProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  /** What stands in the field, while it is no day to go to. */
  const [typed, setTyped] = useState<string>();

  function go(day: string): void {
    // Years are typed digit by digit: the first of them are long ago.
    const isDay = askedDay(day, today) === day;
    setTyped(isDay ? undefined : day);
    if (isDay) void navigate({ to: '/timeline', search: day === today ? {} : { day }, replace: true });
  }

  return (
    <>
      <TextInput
        type="date"
        aria-label={t`Go to a day`}
        min={today}
        max="2999-12-31"
        value={typed ?? first}
        onChange={({ currentTarget }) => go(currentTarget.value)}
        onBlur={() => setTyped(undefined)}
      />
      {first !== today && (
        <Button variant="default" onClick={() => go(today)}>
          <Trans>Today</Trans>
        </Button>
      )}
    </>
  );
}
