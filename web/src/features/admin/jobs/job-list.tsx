import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import ListChecks from 'lucide-react/icons/list-checks';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import { JobRow } from './job-row.tsx';
import { jobsQuery, type JobStatus } from './job.ts';

/** No event tells of work; while the page is visible it looks again. */
const LOOK_AGAIN_MS = 4_000;

export function JobList({ chosen }: { chosen: readonly JobStatus[] }) {
  const { t } = useLingui();
  const list = useInfiniteQuery({
    ...jobsQuery(chosen),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? LOOK_AGAIN_MS : false),
  });
  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <ListSkeleton height={68} />;
  if (list.data.length === 0) {
    return (
      <EmptyState icon={<ListChecks size={28} aria-hidden />} title={t`No such work`}>
        <Trans>Answers, reminders and deliveries stand here while they wait and run, and a week after.</Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <Rows label={t`Jobs`}>
        {list.data.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </Rows>
      <LoadMore query={list} />
    </>
  );
}
