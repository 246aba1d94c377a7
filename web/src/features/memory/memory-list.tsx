import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useLeaving } from '#web/lib/leaving.ts';
import { Failure } from '#web/ui/failure.tsx';
import { ListSkeleton } from '#web/ui/list-skeleton.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Rows } from '#web/ui/rows.tsx';
import type { MemoryWords } from './actions.tsx';
import type { Filter } from './filter-select.tsx';
import { MemoryRow } from './memory-row.tsx';
import { memoriesQuery } from './memory.ts';
import { NoMemories } from './no-memories.tsx';

interface MemoryListProps {
  search: string;
  filter: Filter;
  onExample: (words: MemoryWords) => void;
}

export function MemoryList({ search, filter, onExample }: MemoryListProps) {
  const { t } = useLingui();
  const leaving = useLeaving();
  const list = useInfiniteQuery({ ...memoriesQuery(search, filter), placeholderData: keepPreviousData });
  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <ListSkeleton height={84} />;
  const memories = list.data.filter(({ id }) => !leaving.has(id));
  if (memories.length === 0 && !list.hasNextPage) {
    return <NoMemories isSearch={search.trim() !== ''} isFiltered={filter !== 'all'} onExample={onExample} />;
  }
  return (
    <>
      <Rows label={t`What is remembered`}>
        {memories.map((memory) => (
          <MemoryRow key={memory.id} memory={memory} />
        ))}
      </Rows>
      <LoadMore query={list} />
    </>
  );
}
