import { Group, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { wholeCount } from '#web/ui/amounts.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import type { UsageReport } from './usage.ts';
import { useFigures } from './use-figures.ts';

/** All of it in figures. */
export function Totals({ total }: Pick<UsageReport, 'total'>) {
  const { locale } = useTimeSettings();
  const { cost, requests } = useFigures();
  const { input_tokens, cached_input_tokens, output_tokens } = total;
  const cached = wholeCount(cached_input_tokens, locale);
  return (
    <Group component="dl" gap="xl" align="flex-start" mt={0} mb="md">
      <Figure name={<Trans>Cost</Trans>}>{cost(total)}</Figure>
      <Figure name={<Trans>Requests</Trans>}>{requests(total)}</Figure>
      <Figure
        name={<Trans>Tokens read</Trans>}
        more={cached_input_tokens > 0 && <Trans>{cached} of them from the cache</Trans>}
      >
        {wholeCount(input_tokens, locale)}
      </Figure>
      <Figure name={<Trans>Tokens written</Trans>}>{wholeCount(output_tokens, locale)}</Figure>
    </Group>
  );
}

function Figure({ name, children, more }: { name: ReactNode; children: ReactNode; more?: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} size="xl" fw={600}>
        {children}
      </Text>
      {more && (
        <Text component="dd" m={0} size="xs" c="dimmed">
          {more}
        </Text>
      )}
    </div>
  );
}
