import { Anchor, Box, Group, Stack, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { groupByDay, nearDay } from '#web/features/schedules/day-groups.ts';
import { useNow } from '#web/lib/now.ts';
import { dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { Section } from '../section.tsx';
import type { Upcoming } from '#web/features/schedules/upcoming.ts';
import { UpcomingRow } from './upcoming-row.tsx';

/** The coming reminders, by day. */
export function NextSection({ items }: { items: readonly Upcoming[] }) {
  const { t } = useLingui();
  const settings = useTimeSettings();
  const today = dayOf(useNow(60_000), settings);
  return (
    <Section
      title={t`Next`}
      more={
        <Group gap="sm">
          <Anchor component={Link} to="/timeline" size="sm">
            <Trans>Timeline</Trans>
          </Anchor>
          <Anchor component={Link} to="/reminders" size="sm">
            <Trans>All reminders</Trans>
          </Anchor>
        </Group>
      }
    >
      <Stack gap="md">
        {groupByDay(items, (item) => dayOf(item.next_fire_at, settings)).map(({ day, items: ofDay }) => (
          <Box key={day}>
            <Title order={3} size="sm" c="dimmed" mb={4}>
              {nearDay(day, today) === 'tomorrow' ? <Trans>Tomorrow</Trans> : <Trans>Today</Trans>}
            </Title>
            <Stack component="ul" gap={4} m={0} p={0}>
              {ofDay.map((item) => (
                <UpcomingRow key={item.id} item={item} />
              ))}
            </Stack>
          </Box>
        ))}
      </Stack>
      {items.length === 0 && (
        <Text c="dimmed">
          <Trans>Nothing until tomorrow night.</Trans>
        </Text>
      )}
    </Section>
  );
}
