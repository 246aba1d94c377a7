import { Box, Text, Title } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useMe } from '#web/features/users/me.ts';
import { useNow } from '#web/lib/now.ts';
import { longDay } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { dayPart } from './day-part.ts';

/** Wishes a good morning where the user lives, and says which day it is there. */
export function Greeting() {
  const { t } = useLingui();
  const me = useMe();
  const settings = useTimeSettings();
  const now = useNow(60_000);
  const name = me.first_name ?? me.name;
  const words = {
    night: t`Hello, ${name}`,
    morning: t`Good morning, ${name}`,
    afternoon: t`Good afternoon, ${name}`,
    evening: t`Good evening, ${name}`,
  };
  return (
    <Box>
      <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
        {words[dayPart(now, settings.timezone)]}
      </Title>
      <Text c="dimmed">{longDay(now, settings)}</Text>
    </Box>
  );
}
