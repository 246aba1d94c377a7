import { Table } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useDayName } from './day-chart.tsx';
import { sharesOf } from './series.ts';
import type { UsageItem } from './usage.ts';
import { useFigures } from './use-figures.ts';

/** What the chart shows, in figures: the days on which something was used, the latest first. */
export function DayTable({ items }: { items: readonly UsageItem[] }) {
  const { t } = useLingui();
  const { requests, tokens, cost } = useFigures();
  const nameOf = useDayName();
  const days = sharesOf(items, ({ day }) => day, 'tokens').toSorted((a, b) =>
    String(b.key).localeCompare(String(a.key)),
  );
  return (
    <Table aria-label={t`By day`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">
            <Trans>Day</Trans>
          </Table.Th>
          <Table.Th scope="col">
            <Trans>Requests</Trans>
          </Table.Th>
          <Table.Th scope="col">
            <Trans>Tokens</Trans>
          </Table.Th>
          <Table.Th scope="col">
            <Trans>Cost</Trans>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {days.map((day) => (
          <Table.Tr key={day.key}>
            <Table.Th scope="row" fw={400}>
              {nameOf(day.key ?? '')}
            </Table.Th>
            <Table.Td>{requests(day)}</Table.Td>
            <Table.Td>{tokens(day)}</Table.Td>
            <Table.Td>{cost(day)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
