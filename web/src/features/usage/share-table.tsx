import { Button, Table, Title } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useState, type ComponentType } from 'react';
import { valueOf, type Share } from './series.ts';
import type { Measure } from './usage.ts';
import { useFigures } from './use-figures.ts';
import classes from './usage-page.module.css';

/** More are shown on demand. */
const SHOWN = 8;

interface ShareTableProps {
  id: string;
  title: string;
  shares: readonly Share[];
  measure: Measure;
  /** By what it is known to people. */
  Name: ComponentType<{ id: string | null }>;
}

/** Who or what took how much, most first, each with a bar against the first. */
export function ShareTable({ id, title, shares, measure, Name }: ShareTableProps) {
  const [isWhole, setWhole] = useState(false);
  const { tokens, cost } = useFigures();
  const most = Math.max(0, ...shares.map((share) => valueOf(share, measure)));
  const shown = isWhole ? shares : shares.slice(0, SHOWN);
  return (
    <section aria-labelledby={id} className={classes['section']}>
      <Title order={2} size="h4" mb="xs" id={id}>
        {title}
      </Title>
      <Table aria-labelledby={id} className={classes['shares'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">
              <Trans context="usage">What</Trans>
            </Table.Th>
            <Table.Th scope="col" className={classes['number'] ?? ''}>
              <Trans>Tokens</Trans>
            </Table.Th>
            <Table.Th scope="col" className={classes['number'] ?? ''}>
              <Trans>Cost</Trans>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((share) => (
            <Table.Tr key={share.key}>
              <Table.Th scope="row" fw={400} className={classes['name'] ?? ''}>
                <Name id={share.key} />
                <div className={classes['track']} aria-hidden="true">
                  <div
                    className={classes['bar']}
                    style={{ width: `${most > 0 ? (valueOf(share, measure) / most) * 100 : 0}%` }}
                  />
                </div>
              </Table.Th>
              <Table.Td className={classes['number'] ?? ''}>{tokens(share)}</Table.Td>
              <Table.Td className={classes['number'] ?? ''}>{cost(share)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shares.length > SHOWN && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setWhole(!isWhole)}>
          {isWhole ? <Trans>Less</Trans> : <Trans>Show all</Trans>}
        </Button>
      )}
    </section>
  );
}
