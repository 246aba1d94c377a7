import { Group, Paper, Progress, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { usd } from '#web/ui/amounts.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { UsageReport } from './usage.ts';

/** What today cost, and what it may. */
export function TodayCard({ today }: Pick<UsageReport, 'today'>) {
  const { t } = useLingui();
  const { locale } = useTimeSettings();
  const { spent_usd, budget_usd } = today;
  const spent = usd(spent_usd, locale);
  const budget = budget_usd === null ? undefined : usd(budget_usd, locale);
  const percent =
    budget_usd === null ? 0 : budget_usd === 0 ? 100 : Math.min(100, (spent_usd / budget_usd) * 100);
  return (
    <Paper withBorder p="md" radius="md" mb="lg">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>
          {budget === undefined ? (
            <Trans>Spent today: {spent}</Trans>
          ) : (
            <Trans>
              Spent today: {spent} of {budget}
            </Trans>
          )}
        </Text>
        <Text size="sm" c="dimmed">
          {budget === undefined ? (
            <Trans>No limit is set. An admin can set one for each account.</Trans>
          ) : percent >= 100 ? (
            <Trans>It is used up: answers that cost go on tomorrow.</Trans>
          ) : (
            <Trans>When it is used up, answers that cost wait until tomorrow.</Trans>
          )}
        </Text>
      </Group>
      {budget !== undefined && (
        <Progress
          mt="sm"
          size="lg"
          value={percent}
          aria-label={t`Spent of today’s budget`}
          {...(percent >= 90 && { color: 'red.8' })}
        />
      )}
    </Paper>
  );
}
