import { Container, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Reminder } from '#web/features/reminders/reminder.ts';
import { useTitle } from '#web/ui/page.tsx';
import { ChecklistCard } from './checklist/checklist-card.tsx';
import { Composer } from './composer/composer.tsx';
import { FirstMinuteCard } from './first-minute/first-minute-card.tsx';
import { keepFirstReminder, keptFirstReminder, type FirstReminder } from './first-minute/kept.ts';
import { Greeting } from './greeting.tsx';
import { TodaySections } from './today-sections.tsx';

/** Where the day begins: what to say, what comes, what waits. */
export function TodayPage() {
  const { t } = useLingui();
  useTitle(t`Today`);
  const navigate = useNavigate();
  const { welcome: isFirstMinute } = useSearch({ from: '/signed-in/' });
  const [typed, setTyped] = useState<string>();
  const [first, setFirst] = useState<FirstReminder | undefined>(keptFirstReminder);
  const input = useRef<HTMLTextAreaElement>(null);
  const words = typed ?? (isFirstMinute ? t`Remind me in 1 minute that Famulus works` : '');

  useEffect(() => {
    if (!isFirstMinute) return;
    input.current?.focus();
    const end = input.current?.value.length ?? 0;
    input.current?.setSelectionRange(end, end);
  }, [isFirstMinute]);

  const forget = useCallback(() => {
    keepFirstReminder(undefined);
    setFirst(undefined);
  }, []);
  function onReminder({ id, created_at, next_fire_at }: Reminder): void {
    input.current?.focus();
    if (!isFirstMinute || next_fire_at === null) return;
    const awaited = { id, due_at: next_fire_at, ahead_ms: Date.parse(created_at) - Date.now() };
    keepFirstReminder(awaited);
    setFirst(awaited);
    void navigate({ to: '/', search: {}, replace: true });
  }
  function suggest(example: string): void {
    setTyped(example);
    input.current?.focus();
  }

  return (
    <Container size="sm" px={0}>
      <Stack gap="xl">
        <Greeting />
        <Stack gap="sm">
          {isFirstMinute && (
            <Text>
              <Trans>Famulus is ready. Press Enter, and see in a minute how it keeps time.</Trans>
            </Text>
          )}
          <Composer words={words} onWords={setTyped} onReminder={onReminder} input={input} />
          {first && <FirstMinuteCard reminder={first} onClose={forget} />}
        </Stack>
        <TodaySections onExample={suggest} />
        <ChecklistCard />
      </Stack>
    </Container>
  );
}
