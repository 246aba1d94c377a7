import { useIntersection } from '@mantine/hooks';
import { useEffect } from 'react';
import { LoadMore } from '#web/ui/load-more.tsx';

interface ReachedEndProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** Loads more when it comes into view; by its button as well. */
export function ReachedEnd({ query }: ReachedEndProps) {
  const { ref, entry } = useIntersection({ rootMargin: '300px' });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const isNear = entry?.isIntersecting === true;
  useEffect(() => {
    if (isNear && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isNear, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div ref={ref}>
      <LoadMore query={query} />
    </div>
  );
}
