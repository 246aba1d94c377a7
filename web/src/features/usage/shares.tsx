import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { assistantsQuery } from '#web/features/assistants/assistant.ts';
import { sharesOf } from './series.ts';
import { ShareTable } from './share-table.tsx';
import { SubjectName } from './subject-name.tsx';
import { usageQuery, type Measure, type UsageReport } from './usage.ts';

interface SharesProps {
  report: UsageReport;
  from: string;
  measure: Measure;
}

/** Which models, which assistants, and what for. */
export function Shares({ report, from, measure }: SharesProps) {
  const { t } = useLingui();
  const assistants = useQuery(usageQuery({ from, by: 'assistant' }));
  const subjects = useQuery(usageQuery({ from, by: 'subject' }));
  return (
    <>
      <ShareTable
        id="usage-models"
        title={t`By model`}
        shares={sharesOf(report.items, ({ model }) => model, measure)}
        measure={measure}
        Name={ModelName}
      />
      {assistants.data && (
        <ShareTable
          id="usage-assistants"
          title={t`By assistant`}
          shares={sharesOf(assistants.data.items, ({ assistant_id }) => assistant_id, measure)}
          measure={measure}
          Name={AssistantName}
        />
      )}
      {subjects.data && (
        <ShareTable
          id="usage-subjects"
          title={t`What for`}
          shares={sharesOf(subjects.data.items, ({ subject }) => subject, measure)}
          measure={measure}
          Name={SubjectName}
        />
      )}
    </>
  );
}

function AssistantName({ id }: { id: string | null }) {
  const { data } = useInfiniteQuery(assistantsQuery);
  if (id === null) return <Trans>No assistant</Trans>;
  const known = data?.find((one) => one.id === id);
  if (!known) return data ? <Trans>A deleted assistant</Trans> : null;
  return (
    <Anchor component={Link} to={`/assistants/${id}`} inherit>
      {known.name}
    </Anchor>
  );
}

function ModelName({ id }: { id: string | null }) {
  return id;
}
