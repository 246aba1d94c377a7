import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';
import { api } from './api.ts';
import type { Page } from './wire.ts';

interface PagedOptions {
  queryKey: QueryKey;
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  limit?: number;
}

/** Options for `useInfiniteQuery` over one of our lists; `select` gives its items in one array. */
export function paged<T>({ queryKey, path, query, limit = 50 }: PagedOptions) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: async ({ pageParam, signal }) =>
      await api.get<Page<T>>(path, { query: { ...query, limit, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
}
