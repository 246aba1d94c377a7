import { Button, Group, Title, VisuallyHidden } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { DayChart } from './day-chart.tsx';
import { DayTable } from './day-table.tsx';
import { daysOf, namedModels } from './series.ts';
import type { Measure, UsageReport } from './usage.ts';
import classes from './usage-page.module.css';

/** What each day took, as bars or as a table; who can't see the bars has the table anyway. */
export function ByDay({ report, measure }: { report: UsageReport; measure: Measure }) {
  const [isTable, setTable] = useState(false);
  const { items, from, to } = report;
  const named = namedModels(items, measure);
  return (
    <section aria-labelledby="usage-days" className={classes['section']}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="usage-days">
          <Trans>By day</Trans>
        </Title>
        <Button variant="subtle" size="compact-sm" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          <Trans>As a table</Trans>
        </Button>
      </Group>
      {isTable ? (
        <DayTable items={items} />
      ) : (
        <>
          <DayChart days={daysOf(items, { from, to, named, measure })} named={named} measure={measure} />
          <VisuallyHidden>
            <DayTable items={items} />
          </VisuallyHidden>
        </>
      )}
    </section>
  );
}
