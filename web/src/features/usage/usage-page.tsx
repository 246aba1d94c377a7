import { Alert, Group, SegmentedControl } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import ChartColumn from 'lucide-react/icons/chart-column';
import Info from 'lucide-react/icons/info';
import { useState } from 'react';
import { useNow } from '#web/lib/now.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { Page } from '#web/ui/page.tsx';
import { dayOf } from '#web/ui/time/format-time.ts';
import { useTimeSettings } from '#web/ui/time/time-zone.tsx';
import { ByDay } from './by-day.tsx';
import { dayPlus } from './series.ts';
import { Shares } from './shares.tsx';
import { TodayCard } from './today-card.tsx';
import { Totals } from './totals.tsx';
import { ranges, usageQuery, type Measure, type Range, type UsageReport } from './usage.ts';

/** What models took and cost: by day, model, assistant, and what it was for. */
export function UsagePage() {
  const { t } = useLingui();
  const { days = 30 } = useSearch({ from: '/signed-in/usage' });
  const settings = useTimeSettings();
  const today = dayOf(useNow(60_000), settings);
  const from = dayPlus(today, 1 - days);
  const { data, error, refetch } = useQuery(usageQuery({ from, by: 'day,model' }));
  return (
    <Page title={t`Usage`}>
      {data && <TodayCard today={data.today} />}
      <RangePicker days={days} />
      {!data && !error && <ListSkeleton rows={3} height={120} />}
      {error && !data && <Failure error={error} retry={() => void refetch()} />}
      {data && <Report report={data} from={from} />}
    </Page>
  );
}

function RangePicker({ days }: { days: Range }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <SegmentedControl
      fullWidth
      mb="md"
      aria-label={t`How long back`}
      value={String(days)}
      data={ranges.map((range) => ({ value: String(range), label: t`${range} days` }))}
      onChange={(value) =>
        void navigate({
          to: '/usage',
          search: value === '30' ? {} : { days: Number(value) as 7 | 90 },
          replace: true,
        })
      }
    />
  );
}

function Report({ report, from }: { report: UsageReport; from: string }) {
  const { t } = useLingui();
  const { total } = report;
  const [chosen, setChosen] = useState<Measure>();
  const measure = chosen ?? (total.cost_usd > 0 ? 'cost' : 'tokens');
  if (total.requests === 0) {
    return (
      <EmptyState icon={<ChartColumn size={28} aria-hidden />} title={t`No model was asked`}>
        <Trans>
          When an assistant answers with a model, you see here how many tokens that took and what it cost.
        </Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <Totals total={total} />
      {total.unpriced_requests > 0 && (
        <Alert variant="light" color="gray" mb="md" icon={<Info size={18} aria-hidden />}>
          <Plural
            value={total.unpriced_requests}
            one="For # request the price is not known: its tokens are counted, its cost is in no sum."
            other="For # requests the price is not known: their tokens are counted, their cost is in no sum."
          />
        </Alert>
      )}
      <Group justify="flex-end" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label={t`What is shown`}
          value={measure}
          data={[
            { value: 'cost', label: t`Cost` },
            { value: 'tokens', label: t`Tokens` },
          ]}
          onChange={(value) => setChosen(value)}
        />
      </Group>
      <ByDay report={report} measure={measure} />
      <Shares report={report} from={from} measure={measure} />
    </>
  );
}
